package dev.octet.cuda.internal;

import dev.octet.cuda.driver.Context;
import java.nio.ByteBuffer;

/** The driver's function for dependent launches. Thread-safe. */
@FunctionalInterface
interface LaunchFunction {
    /**
     * Queues a launch that may begin before its predecessor in the stream has ended.
     *
     * @param function the driver's handle of the kernel
     * @param extents grid and block
     * @param arguments the struct that is the kernel's only parameter; copied before this returns
     * @param stream the driver's handle of the stream
     * @return CUresult
     */
    int launch(long function, Context.Extents extents, ByteBuffer arguments, long stream);
}
