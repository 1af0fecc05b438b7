package dev.octet.testkit.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor with its values: an ONNX {@code TensorProto}.
 *
 * @param name name of the value
 * @param type element type
 * @param dims extents, outermost first; none for a scalar
 * @param raw elements, little-endian; not copied
 */
public record TensorData(String name, OnnxType type, List<Long> dims, byte[] raw) {
    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int NAME = 8;
    private static final int RAW_DATA = 9;

    public TensorData {
        dims = List.copyOf(dims);
        long bytes = type.bytes();
        for (long dim : dims) {
            bytes = Math.multiplyExact(bytes, dim);
        }
        if (bytes != raw.length) {
            throw new IllegalArgumentException(raw.length + " bytes for " + type + dims + " in " + name);
        }
    }

    /** Integers of any integer type; each must be within it. */
    public static TensorData of(String name, OnnxType type, List<Long> dims, int... values) {
        ByteBuffer raw = buffer(values.length * type.bytes());
        for (int value : values) {
            if (type == OnnxType.INT32) {
                raw.putInt(value);
            } else if (type == OnnxType.INT64) {
                raw.putLong(value);
            } else {
                raw.put((byte) value);
            }
        }
        TensorData tensor = new TensorData(name, type, dims, raw.array());
        if (!Arrays.equals(tensor.integers(), values)) {
            throw new IllegalArgumentException(name + " has values beyond " + type);
        }
        return tensor;
    }

    /** Floats. */
    public static TensorData of(String name, List<Long> dims, float... values) {
        ByteBuffer raw = buffer(values.length * Float.BYTES);
        for (float value : values) {
            raw.putFloat(value);
        }
        return new TensorData(name, OnnxType.FLOAT, dims, raw.array());
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads a {@code TensorProto} of a known type whose values are raw. */
    public static TensorData parse(byte[] bytes) {
        ProtoMessage message = ProtoMessage.parse(bytes);
        long number = message.number(DATA_TYPE, 0);
        OnnxType type = OnnxType.of(number)
                .orElseThrow(() -> new IllegalArgumentException("a tensor of element type " + number));
        List<byte[]> raw = message.blocks(RAW_DATA);
        return new TensorData(
                message.string(NAME), type, message.numbers(DIMS), raw.isEmpty() ? new byte[0] : raw.get(0));
    }

    /** The {@code TensorProto}. */
    public ProtoWriter message() {
        ProtoWriter message = new ProtoWriter();
        dims.forEach(dim -> message.number(DIMS, dim));
        return message.number(DATA_TYPE, type.number()).string(NAME, name).bytes(RAW_DATA, raw);
    }

    /** Number of elements. */
    public int elements() {
        return raw.length / type.bytes();
    }

    /** An extent, or 1 where there is none. */
    public int dim(int index) {
        return index < dims.size() ? Math.toIntExact(dims.get(index)) : 1;
    }

    /** The elements of an integer type. */
    public int[] integers() {
        ByteBuffer in = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        int[] values = new int[elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case UINT8 -> Byte.toUnsignedInt(in.get());
                case INT8 -> in.get();
                case INT32 -> in.getInt();
                case INT64 -> Math.toIntExact(in.getLong());
                case FLOAT -> throw new IllegalStateException(name + " has floats");
            };
        }
        return values;
    }

    /** The elements of a tensor of floats. */
    public float[] floats() {
        if (type != OnnxType.FLOAT) {
            throw new IllegalStateException(name + " has " + type);
        }
        float[] values = new float[elements()];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
