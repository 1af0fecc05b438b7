package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's ptxas, which proves at build time that a driver can compile a kernel's PTX: it refuses instructions that the
 * declared target or ISA version lacks, and says what resources the kernel takes. Thread-safe.
 */
public final class PtxAssembler {
    private static final Pattern ERROR = Pattern.compile("(?m)^ptxas .*?(?:error|fatal|warning)\\s*: (.*)$");
    private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
    private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");
    private static final Pattern SPILLS = Pattern.compile("(\\d+) bytes spill stores, (\\d+) bytes spill loads");

    private final Tool tool;
    private final Duration timeLimit;

    private PtxAssembler(Path program, Duration timeLimit) {
        this.tool = new Tool(program);
        this.timeLimit = timeLimit;
    }

    /**
     * What a kernel takes on one machine of its target or later.
     *
     * @param registers registers per thread
     * @param sharedBytes static shared memory per block
     */
    public record Resources(int registers, int sharedBytes) {}

    /** Finds the ptxas that belongs to an nvcc: beside it, where it is linked to, or where nvcc was searched. */
    public static Optional<PtxAssembler> beside(Nvcc nvcc, ToolchainOptions options) {
        List<Path> folders = new ArrayList<>(List.of(nvcc.program().getParent()));
        try {
            folders.add(nvcc.program().toRealPath().getParent());
        } catch (IOException e) {
            throw new OctetException(e, ToolchainCode.FILE, nvcc.program(), StoredFiles.reason(e));
        }
        folders.addAll(Nvcc.searched(options));
        return Tool.find("ptxas", folders)
                .map(program -> new PtxAssembler(program.toAbsolutePath(), options.timeLimit()));
    }

    /**
     * Assembles a kernel for the lowest machine that the assembler knows and that runs the target's PTX.
     *
     * @param target GPU family that the PTX declares
     * @param kernel name for messages
     * @param ptx post-processed PTX
     * @throws OctetException if ptxas finds anything to complain about, warnings included, or if registers are spilled
     */
    public Resources check(Target target, String kernel, String ptx) {
        try (WorkFolder folder = WorkFolder.create()) {
            Files.writeString(folder.path().resolve("kernel.ptx"), ptx);
            String machine = "-arch=sm_" + Math.max(target.capability(), 75);
            List<String> arguments = List.of(machine, "-v", "-Werror", "-o", "kernel.cubin", "kernel.ptx");
            Tool.Run run = tool.run(arguments, folder.path(), timeLimit);
            if (!run.finished()) {
                throw new OctetException(ToolchainCode.TIME_LIMIT, "ptxas", kernel, timeLimit.toSeconds());
            }
            if (run.exit() != 0) {
                throw refused(target, kernel, ptx, run);
            }
            return resources(target, kernel, ptx, run);
        } catch (IOException e) {
            throw new OctetException(e, ToolchainCode.FILE, "the temporary folder", StoredFiles.reason(e));
        }
    }

    private static OctetException refused(Target target, String kernel, String ptx, Tool.Run run) {
        Matcher matcher = ERROR.matcher(run.output());
        String complaint = matcher.find() ? matcher.group(1) : "it answered \"" + Nvcc.brief(run.output()) + "\"";
        return new OctetException(
                ToolchainCode.ASSEMBLE, kernel, PtxPostProcessor.version(ptx), target.text(), complaint);
    }

    private static Resources resources(Target target, String kernel, String ptx, Tool.Run run) {
        Matcher spills = SPILLS.matcher(run.output());
        long stored = 0;
        long loaded = 0;
        while (spills.find()) {
            stored += Long.parseLong(spills.group(1));
            loaded += Long.parseLong(spills.group(2));
        }
        if (stored + loaded > 0) {
            throw new OctetException(ToolchainCode.SPILLS, kernel, target.text(), stored, loaded);
        }
        int registers = largest(REGISTERS, run.output());
        if (registers == 0) {
            throw refused(target, kernel, ptx, run);
        }
        return new Resources(registers, largest(SHARED, run.output()));
    }

    private static int largest(Pattern pattern, String output) {
        return pattern.matcher(output)
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .max()
                .orElse(0);
    }
}
