package dev.octet.testkit.onnx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fields of one message in the wire format of protocol buffers. Messages inside are parsed when they are asked for,
 * so that neither depth nor lengths of a damaged file lead anywhere. What is no message throws
 * {@link IllegalArgumentException}.
 */
public final class ProtoMessage {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;
    private static final int MAX_VARINT_BITS = 63;

    private final Map<Integer, List<Long>> numbers = new TreeMap<>();
    private final Map<Integer, List<byte[]>> blocks = new TreeMap<>();

    private ProtoMessage() {}

    /** Reads a message that fills the whole array. */
    public static ProtoMessage parse(byte[] bytes) {
        ProtoMessage message = new ProtoMessage();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            long key = varint(in);
            message.read((int) (key >>> 3), (int) (key & 7), in);
        }
        return message;
    }

    private void read(int field, int wireType, ByteBuffer in) {
        switch (wireType) {
            case VARINT ->
                numbers.computeIfAbsent(field, f -> new ArrayList<>()).add(varint(in));
            case FIXED64 -> block(field, Long.BYTES, in);
            case BYTES -> block(field, varint(in), in);
            case FIXED32 -> block(field, Integer.BYTES, in);
            default -> throw new IllegalArgumentException("field " + field + " is of unknown wire type " + wireType);
        }
    }

    private void block(int field, long length, ByteBuffer in) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(
                    "field " + field + " has " + length + " bytes, but the message only " + in.remaining() + " more");
        }
        byte[] block = new byte[(int) length];
        in.get(block);
        blocks.computeIfAbsent(field, f -> new ArrayList<>()).add(block);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
            if (!in.hasRemaining()) {
                throw new IllegalArgumentException("the message ends within a number");
            }
            byte next = in.get();
            value |= (next & 127L) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has more than 64 bits");
    }

    /** The last number of a field. */
    public long number(int field, long absent) {
        List<Long> all = numbers.getOrDefault(field, List.of());
        return all.isEmpty() ? absent : all.get(all.size() - 1);
    }

    /** All numbers of a repeated field, packed or not. */
    public List<Long> numbers(int field) {
        List<Long> all = new ArrayList<>(numbers.getOrDefault(field, List.of()));
        for (byte[] packed : blocks(field)) {
            ByteBuffer in = ByteBuffer.wrap(packed);
            while (in.hasRemaining()) {
                all.add(varint(in));
            }
        }
        return all;
    }

    /** What a field holds that is neither number nor message, one array a repetition. */
    public List<byte[]> blocks(int field) {
        return blocks.getOrDefault(field, List.of());
    }

    /** The texts of a repeated field. */
    public List<String> strings(int field) {
        return blocks(field).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    /** The text of a field; empty without one. */
    public String string(int field) {
        List<String> all = strings(field);
        return all.isEmpty() ? "" : all.get(all.size() - 1);
    }

    /** The messages of a repeated field. */
    public List<ProtoMessage> messages(int field) {
        return blocks(field).stream().map(ProtoMessage::parse).toList();
    }

    /** The message of a field; one without fields if there is none. */
    public ProtoMessage message(int field) {
        List<ProtoMessage> all = messages(field);
        return all.isEmpty() ? new ProtoMessage() : all.get(all.size() - 1);
    }
}
