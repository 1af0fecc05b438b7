package dev.octet.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The argument of a kernel by kernel ABI 1: one struct, passed by value, of device pointers in the step's order, the
 * pointer to the workspace, and the batch as 32-bit integer, padded to 8 bytes. Built once; only the batch changes.
 */
final class ArgumentStruct {
    private final ByteBuffer bytes;

    ArgumentStruct(List<Long> pointers, long workspace) {
        bytes = ByteBuffer.allocateDirect((pointers.size() + 2) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        pointers.forEach(bytes::putLong);
        bytes.putLong(workspace).clear();
    }

    /** The struct for a batch; valid until the next call. */
    ByteBuffer forBatch(int n) {
        return bytes.putInt(bytes.capacity() - Long.BYTES, n);
    }
}
