package dev.octet.testkit.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of one message in the wire format of protocol buffers. */
public final class ProtoWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private void varint(long value) {
        long rest = value;
        while ((rest & ~127L) != 0) {
            out.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void key(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    /** An integer or the number of an enumeration's constant. */
    public ProtoWriter number(int field, long value) {
        key(field, ProtoMessage.VARINT);
        varint(value);
        return this;
    }

    /** A binary32 number. */
    public ProtoWriter number(int field, float value) {
        key(field, ProtoMessage.FIXED32);
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(bits >>> shift);
        }
        return this;
    }

    /** Bytes. */
    public ProtoWriter bytes(int field, byte[] value) {
        key(field, ProtoMessage.BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** A text. */
    public ProtoWriter string(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A message within this one. */
    public ProtoWriter message(int field, ProtoWriter value) {
        return bytes(field, value.toBytes());
    }

    /** The message so far. */
    public byte[] toBytes() {
        return out.toByteArray();
    }
}
