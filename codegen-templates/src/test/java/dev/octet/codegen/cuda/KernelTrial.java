package dev.octet.codegen.cuda;

import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.launch.Geometry;
import java.util.List;

/**
 * A launch with random operands and the result that a plain loop nest computes.
 *
 * @param title what is special about it
 * @param kernel the kernel
 * @param geometry how to launch it
 * @param batch images
 * @param buffers the pointers of the argument struct, in order
 * @param output index of the result among the buffers; it holds garbage
 * @param expected the result
 */
record KernelTrial(
        String title,
        ScheduledKernel kernel,
        Geometry geometry,
        int batch,
        List<byte[]> buffers,
        int output,
        byte[] expected) {
    @Override
    public String toString() {
        return kernel.name() + ", batch " + batch + ": " + title;
    }
}
