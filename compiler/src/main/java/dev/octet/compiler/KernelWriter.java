package dev.octet.compiler;

import dev.octet.compiler.schedule.ScheduledKernel;

/** Writes the CUDA source of a kernel; a pure function. The compiler needs the text to name a kernel by its content. */
@FunctionalInterface
public interface KernelWriter {
    /** The complete, self-contained translation unit, with one {@code extern "C"} entry named {@code kernel.name()}. */
    String source(ScheduledKernel kernel);
}
