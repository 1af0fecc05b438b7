package dev.octet.codegen.cuda;

import dev.octet.plan.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Assembles PTX for its target with ptxas and reads what that reports. */
public final class Assembler {
    /** Registers that a thread may have: as many as twelve warps leave each other. */
    public static final int MOST_REGISTERS = 168;

    private static final long LIMIT_SECONDS = 300;
    private static final int PRESENT_COMPILERS_START_AT = 75;
    private static final Pattern ENTRY = Pattern.compile("Compiling entry function '(\\w+)'");
    private static final Pattern SPILLS =
            Pattern.compile("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
    private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
    private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

    private Assembler() {}

    /**
     * What a kernel needs.
     *
     * @param registers registers of a thread
     * @param localBytes bytes of the stack and of spilled registers, loads and stores counted apart
     * @param sharedBytes shared memory of a block
     */
    public record Usage(int registers, int localBytes, int sharedBytes) {
        private static Usage of(String report) {
            int spills = SPILLS.matcher(report)
                    .results()
                    .mapToInt(r ->
                            Integer.parseInt(r.group(1)) + Integer.parseInt(r.group(2)) + Integer.parseInt(r.group(3)))
                    .sum();
            return new Usage(number(REGISTERS, report), spills, number(SHARED, report));
        }

        private static int number(Pattern pattern, String report) {
            Matcher matcher = pattern.matcher(report);
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }
    }

    /** The target's version, or that of instructions which came later, as the build has it. */
    private static String version(String ptx, Target target) {
        if (target == Target.SM_90A && ptx.contains(".s32.s8.u8")) {
            return "8.4";
        }
        return target == Target.SM_61 && ptx.contains("shfl.sync") ? "6.0" : target.ptxVersion();
    }

    /** PTX with the names of the target and of its version; the assembler then refuses what the target lacks. */
    public static String relabelled(String ptx, Target target) {
        return ptx.replaceFirst("\\.target sm_\\w+", ".target " + target.text())
                .replaceFirst("\\.version [0-9.]+", ".version " + version(ptx, target));
    }

    /** The oldest machine that present compilers know and that executes code of a target, behind sm_ or compute_. */
    public static String machine(Target target) {
        int capability = Math.max(target.capability(), PRESENT_COMPILERS_START_AT);
        return capability + (target == Target.SM_90A ? "a" : "");
    }

    /** Assembles a module into {@code <name>.cubin}; {@link AssertionError} for warnings too. Returns what each entry needs. */
    public static SortedMap<String, Usage> assemble(Path directory, String name, Target target, String ptx)
            throws IOException {
        Files.writeString(directory.resolve(name + ".ptx"), relabelled(ptx, target));
        String report = Commands.run(
                directory,
                LIMIT_SECONDS,
                List.of("ptxas", "-arch=sm_" + machine(target), "-v", name + ".ptx", "-o", name + ".cubin"));
        if (report.contains("warning")) {
            throw new AssertionError(report);
        }
        SortedMap<String, Usage> usages = new TreeMap<>();
        Matcher entry = ENTRY.matcher(report);
        for (boolean found = entry.find(); found; ) {
            String kernel = entry.group(1);
            int start = entry.end();
            found = entry.find();
            usages.put(kernel, Usage.of(report.substring(start, found ? entry.start() : report.length())));
        }
        return usages;
    }
}
