package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** NVIDIA's assembler, in a process of its own for each kernel. */
final class Ptxas implements PtxAssembler {
    private static final String SOURCE = "kernel.ptx";
    private static final String RESULT = "kernel.cubin";
    /** Version and machines, as they are remembered. */
    private static final Pattern KNOWN = Pattern.compile("([0-9]+(?:\\.[0-9]+)+)((?: [0-9]{2,3})+)");

    private final Tool tool;
    private final String version;
    private final Set<Integer> machines;
    private final Duration timeLimit;

    private Ptxas(Path program, MatchResult known, Duration timeLimit) {
        this.tool = new Tool(program);
        this.version = known.group(1);
        this.machines = Arrays.stream(known.group(2).strip().split(" "))
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
        this.timeLimit = timeLimit;
    }

    /** Finds the ptxas that belongs to an nvcc: beside it, where it is linked to, or where nvcc was searched. */
    static Optional<Ptxas> beside(Nvcc nvcc, ToolchainOptions options) {
        List<Path> folders = new ArrayList<>(List.of(nvcc.program().getParent()));
        try {
            folders.add(nvcc.program().toRealPath().getParent());
        } catch (IOException e) {
            throw new OctetException(e, ToolchainCode.FILE, nvcc.program(), StoredFiles.reason(e));
        }
        folders.addAll(Nvcc.searched(options));
        return Tool.find("ptxas", folders).map(program -> at(program.toAbsolutePath(), options));
    }

    private static Ptxas at(Path program, ToolchainOptions options) {
        String known = new VersionCache(options.cache()).text(List.of(program), KNOWN, () -> ask(program));
        return new Ptxas(program, KNOWN.matcher(known).results().findFirst().orElseThrow(), options.timeLimit());
    }

    private static String ask(Path program) {
        Tool tool = new Tool(program);
        String version = tool.version();
        String machines = Pattern.compile("'sm_([0-9]{2,3})'")
                .matcher(tool.answer("--help").output())
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .distinct()
                .sorted()
                .map(machine -> " " + machine)
                .collect(Collectors.joining());
        if (machines.isEmpty()) {
            throw new OctetException(ToolchainCode.NVCC_VERSION, program, "its help names no sm_<machine>");
        }
        return version + machines;
    }

    @Override
    public String identity() {
        return "ptxas " + version;
    }

    @Override
    public Set<Integer> machines() {
        return machines;
    }

    @Override
    public Assembled assemble(Target target, int machine, String kernel, String ptx) {
        try (WorkFolder folder = WorkFolder.create()) {
            Files.writeString(folder.path().resolve(SOURCE), ptx);
            List<String> arguments = List.of(
                    "-arch=" + Architecture.assembled(target, machine),
                    AssemblerLog.VERBOSE,
                    AssemblerLog.STRICT,
                    "-o",
                    RESULT,
                    SOURCE);
            Tool.Run run = tool.run(arguments, folder.path(), timeLimit);
            if (!run.finished()) {
                throw new OctetException(ToolchainCode.TIME_LIMIT, "ptxas", kernel, timeLimit.toSeconds());
            }
            AssemblerLog log = new AssemblerLog(target, machine, kernel, ptx, run.output());
            if (run.exit() != 0) {
                throw log.refused();
            }
            return log.assembled(StoredFiles.read(folder.path().resolve(RESULT)).orElse(new byte[0]));
        } catch (IOException e) {
            throw new OctetException(e, ToolchainCode.FILE, "the temporary folder", StoredFiles.reason(e));
        }
    }
}
