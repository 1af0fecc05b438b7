package dev.octet.cuda.internal;

import dev.octet.cuda.driver.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What {@code cuLaunchKernelEx} reads, in one piece of native memory on 64-bit Linux: a CUlaunchConfig, its only
 * CUlaunchAttribute, the list of parameters, and the struct that is the only one. Layouts are those of NVIDIA's cuda.h
 * of CUDA 12.
 */
final class LaunchBlock {
    /** Where the CUlaunchAttribute begins: behind the 56 bytes of a CUlaunchConfig. */
    static final int ATTRIBUTE = 56;
    /** Where the list of parameters begins: behind the 72 bytes of a CUlaunchAttribute. */
    static final int PARAMETERS = ATTRIBUTE + 72;
    /** Where the struct begins: behind one pointer. */
    static final int ARGUMENTS = PARAMETERS + Long.BYTES;

    /** CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION. */
    private static final int PROGRAMMATIC_STREAM_SERIALIZATION = 6;

    private static final int STREAM = 32;
    private static final int ATTRIBUTES = 40;
    private static final int ATTRIBUTE_COUNT = 48;
    /** Of a CUlaunchAttribute. */
    private static final int VALUE = 8;

    private LaunchBlock() {}

    /** Memory of zeros, with room for these arguments. */
    static ByteBuffer allocate(ByteBuffer arguments) {
        return ByteBuffer.allocateDirect(ARGUMENTS + arguments.capacity()).order(ByteOrder.nativeOrder());
    }

    /**
     * Writes a launch that may begin before its predecessor has ended.
     *
     * @param block from {@link #allocate}
     * @param address where it begins
     * @param stream handle of the stream
     */
    static void fill(ByteBuffer block, long address, Context.Extents extents, long stream, ByteBuffer arguments) {
        int[] numbers = {extents.gridX(), extents.gridY(), 1, extents.threads(), 1, 1, extents.sharedBytes()};
        block.asIntBuffer().put(numbers);
        block.putLong(STREAM, stream);
        block.putLong(ATTRIBUTES, address + ATTRIBUTE);
        block.putInt(ATTRIBUTE_COUNT, 1);
        block.putInt(ATTRIBUTE, PROGRAMMATIC_STREAM_SERIALIZATION);
        block.putInt(ATTRIBUTE + VALUE, 1);
        block.putLong(PARAMETERS, address + ARGUMENTS);
        block.put(ARGUMENTS, arguments, 0, arguments.capacity());
    }
}
