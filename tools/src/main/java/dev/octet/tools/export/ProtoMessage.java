package dev.octet.tools.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Fields of a message in the wire format of protocol buffers, being written. Large arrays are kept, not copied, until the
 * whole file is put together, so that messages within messages do not multiply the memory of a network's weights.
 */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final List<byte[]> parts = new ArrayList<>();
    private final ByteArrayOutputStream last = new ByteArrayOutputStream();
    private long partsLength;

    /** An integer, or the number of an enumeration's constant. */
    ProtoMessage number(int field, long value) {
        key(field, VARINT);
        varint(value);
        return this;
    }

    /** A binary32 number. */
    ProtoMessage decimal(int field, float value) {
        key(field, FIXED32);
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            last.write(bits >>> shift);
        }
        return this;
    }

    /** Bytes, which are not copied. */
    ProtoMessage bytes(int field, byte[] value) {
        key(field, BYTES);
        varint(value.length);
        part(value);
        return this;
    }

    /** A text. */
    ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A message within this one; it must not be written to any more. */
    ProtoMessage message(int field, ProtoMessage value) {
        key(field, BYTES);
        varint(value.length());
        value.parts.forEach(this::part);
        part(value.last.toByteArray());
        return this;
    }

    private void part(byte[] bytes) {
        if (last.size() > 0) {
            byte[] before = last.toByteArray();
            last.reset();
            parts.add(before);
            partsLength += before.length;
        }
        parts.add(bytes);
        partsLength += bytes.length;
    }

    private void key(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~127L) != 0) {
            last.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        last.write((int) rest);
    }

    /** Number of bytes so far. */
    long length() {
        return partsLength + last.size();
    }

    /** The message; it has fewer than 2^31 bytes. */
    byte[] toBytes() {
        byte[] all = new byte[Math.toIntExact(length())];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        byte[] end = last.toByteArray();
        System.arraycopy(end, 0, all, at, end.length);
        return all;
    }
}
