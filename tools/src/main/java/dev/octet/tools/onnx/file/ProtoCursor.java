package dev.octet.tools.onnx.file;

import java.nio.ByteBuffer;

/**
 * Walks over the fields of one message in the <a href="https://protobuf.dev/programming-guides/encoding/">wire format of
 * protocol buffers</a>, whose version 2 and 3 ONNX files have. Messages within are walked over when they are asked for, and
 * only through a window of the file. What is no message throws {@link IllegalArgumentException}.
 */
final class ProtoCursor {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BLOCK = 2;
    private static final int FIXED32 = 5;
    private static final int LONGEST_VARINT = 10;
    private static final int WINDOW = 4096;
    private static final int LONGEST_NAME = 4096;

    private final Stored message;
    private final Budget budget;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;
    private int field;
    private int wireType;
    private long number;
    private Stored block;

    ProtoCursor(Stored message, Budget budget) {
        this.message = message;
        this.budget = budget;
    }

    private long position() {
        return windowStart + window.position();
    }

    private void seek(long position) {
        if (position >= windowStart && position <= windowStart + window.limit()) {
            window.position((int) (position - windowStart));
            return;
        }
        windowStart = position;
        window = ByteBuffer.allocate(0);
    }

    /** Steps to the next field; false at the end. */
    boolean next() {
        if (position() >= message.length()) {
            return false;
        }
        budget.field();
        long key = varint();
        long tag = key >>> 3;
        if (tag < 1 || tag > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a field has the number " + Long.toUnsignedString(tag));
        }
        field = (int) tag;
        wireType = (int) (key & 7);
        number = 0;
        block = null;
        switch (wireType) {
            case VARINT -> number = varint();
            case FIXED64 -> take(Long.BYTES);
            case BLOCK -> take(varint());
            case FIXED32 -> take(Integer.BYTES);
            default -> throw new IllegalArgumentException("field " + field + " has the unknown wire type " + wireType);
        }
        return true;
    }

    private void take(long length) {
        long from = position();
        block = message.part(from, length);
        seek(from + length);
    }

    private byte read() {
        if (!window.hasRemaining()) {
            long from = position();
            long left = message.length() - from;
            if (left <= 0) {
                throw new IllegalArgumentException("a message ends within a number");
            }
            windowStart = from;
            window = message.read(from, (int) Math.min(WINDOW, left));
        }
        return window.get();
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte next = read();
            value |= (next & 127L) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has more than 64 bits");
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** An integer. */
    long number() {
        require(wireType == VARINT, "an integer");
        return number;
    }

    /** A binary32 number. */
    float decimal() {
        require(wireType == FIXED32, "a float");
        return block.read().getFloat();
    }

    /** Text of at most 4,096 bytes. */
    String text() {
        require(wireType == BLOCK, "text");
        if (block.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("field " + field + " is text of " + block.length() + " bytes");
        }
        budget.bytes(2 * block.length() + Long.BYTES);
        return java.nio.charset.StandardCharsets.UTF_8.decode(block.read()).toString();
    }

    /** Bytes, or a message. */
    Stored block() {
        require(wireType == BLOCK, "a block");
        return block;
    }

    /** A cursor over the message that the field holds. */
    ProtoCursor message() {
        return new ProtoCursor(block(), budget);
    }

    /** Adds the integers of a repeated field, packed or not. */
    void integers(LongList to) {
        if (wireType == VARINT) {
            add(number, to);
            return;
        }
        ProtoCursor packed = new ProtoCursor(block(), budget);
        while (packed.position() < packed.message.length()) {
            add(packed.varint(), to);
        }
    }

    private void add(long value, LongList to) {
        budget.bytes(Long.BYTES);
        to.add(value);
    }

    /** Adds the bits of the binary32 numbers of a repeated field, packed or not. */
    void decimals(LongList to) {
        require(wireType == FIXED32 || wireType == BLOCK, "floats");
        if (block.length() % Float.BYTES != 0) {
            throw new IllegalArgumentException("field " + field + " has " + block.length() + " bytes of floats");
        }
        budget.bytes(2 * block.length());
        ByteBuffer values = block.read();
        while (values.hasRemaining()) {
            to.add(values.getInt());
        }
    }

    /** Whether the field is a block; repeated numbers are either single or one such. */
    boolean isBlock() {
        return wireType == BLOCK;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("field " + field + " is not " + what);
        }
    }
}
