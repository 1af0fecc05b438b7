package dev.octet.codegen.cuda;

import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compiles kernels with nvcc and the flags of the build, many in one module so that its start counts less. */
public final class ModuleCompiler {
    private static final long LIMIT_SECONDS = 300;

    private ModuleCompiler() {}

    /**
     * A module.
     *
     * @param ptx its text, for its target
     * @param messages what nvcc said, such as warnings
     */
    public record Module(String ptx, String messages) {
        /** The text from the head of a kernel to that of the next. */
        String entry(ScheduledKernel kernel) {
            int start = ptx.indexOf(".entry " + kernel.name() + "(");
            if (start < 0) {
                throw new AssertionError("the module has no entry " + kernel.name());
            }
            int next = ptx.indexOf(".entry ", start + 1);
            return next < 0 ? ptx.substring(start) : ptx.substring(start, next);
        }
    }

    /** Compiles kernels of one target, each in a namespace of its own, in {@code <name>.cu}; {@link AssertionError} if it fails. */
    public static Module compile(Path directory, String name, Target target, List<ScheduledKernel> kernels)
            throws IOException {
        CudaWriter writer = new CudaWriter();
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < kernels.size(); i++) {
            source.append("namespace k").append(i).append(" {\n");
            source.append(writer.source(kernels.get(i))).append("}\n");
        }
        return compile(directory, name, target, source);
    }

    /** Compiles one kernel by itself. */
    public static Module compile(Path directory, String name, ScheduledKernel kernel) throws IOException {
        return compile(directory, name, kernel.target(), new CudaWriter().source(kernel));
    }

    private static Module compile(Path directory, String name, Target target, CharSequence source) throws IOException {
        Files.writeString(directory.resolve(name + ".cu"), source);
        String messages = Commands.run(
                directory,
                LIMIT_SECONDS,
                List.of(
                        "nvcc",
                        "-ptx",
                        "-arch=compute_" + Assembler.machine(target),
                        "-DOCTET_SM=" + target.capability(),
                        "-fmad=false",
                        name + ".cu",
                        "-o",
                        name + ".ptx"));
        return new Module(Assembler.relabelled(Files.readString(directory.resolve(name + ".ptx")), target), messages);
    }
}
