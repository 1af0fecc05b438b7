package dev.octet.testkit.onnx;

import java.util.Optional;
import java.util.stream.Stream;

/** Element types of ONNX tensors that tests compute with. */
public enum OnnxType {
    /** IEEE binary32. */
    FLOAT(1, 4),
    /** Unsigned byte. */
    UINT8(2, 1),
    /** Signed byte. */
    INT8(3, 1),
    /** Signed 32-bit integer. */
    INT32(6, 4),
    /** Signed 64-bit integer. */
    INT64(7, 8);

    private final int number;
    private final int bytes;

    OnnxType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** The number in {@code TensorProto.DataType}. */
    public int number() {
        return number;
    }

    /** Size of an element. */
    public int bytes() {
        return bytes;
    }

    /** The type of a number; empty for all others. */
    public static Optional<OnnxType> of(long number) {
        return Stream.of(values()).filter(type -> type.number == number).findFirst();
    }
}
