package dev.octet.simulator;

import dev.octet.plan.diag.OctetException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Modules whose short text claims much memory. The main method loads one, and launches it if it could be loaded. */
enum GreedyModule {
    /** Constants of 64 MiB, of which all values but one are left out. */
    CONSTANTS(SimulatorCode.LIMIT, () -> lines(100, ".const .b8 c%d[67108864] = {1};") + kernel("ret;")),
    /** The same within a kernel. */
    CONSTANTS_OF_A_KERNEL(SimulatorCode.LIMIT, () -> kernel(lines(100, ".const .b8 c%d[67108864] = {1};") + "ret;")),
    /** A constant in many kernels, of which each has all. */
    KERNELS_WITH_CONSTANTS(
            SimulatorCode.LIMIT, () -> ".const .b8 c[65536] = {1};\n" + lines(20_000, ".entry k%d() { ret; }")),
    /** Shared memory has no initial values. */
    SHARED_MEMORY(SimulatorCode.SYNTAX, () -> kernel(lines(100, ".shared .b8 s%d[67108864] = {1};") + "ret;")),
    /** Registers of many kernels. */
    REGISTERS(SimulatorCode.LIMIT, () -> lines(500, ".entry k%d() { .reg .b32 %%r<65000>; ret; }")),
    /** Registers whose common name is long. */
    NAMES(SimulatorCode.LIMIT, () -> kernel(".reg .b32 %r" + "r".repeat(20_000) + "<65000>;\nret;")),
    /** Many words. */
    TOKENS(SimulatorCode.LIMIT, () -> ";".repeat(20_000_000)),
    /** As many words as may be, nearly. */
    INSTRUCTIONS(null, () -> kernel("ret;".repeat(250_000))),
    /** Registers of many warps. */
    REGISTERS_OF_WARPS(SimulatorCode.BLOCK_MEMORY, () -> kernel(".reg .b32 %r<65000>;\n.reg .b64 %x<65000>;\nret;")),
    /** Local memory of many threads. */
    LOCAL_MEMORY(SimulatorCode.BLOCK_MEMORY, () -> kernel(".local .b8 l[524288];\nret;")),
    /** Blocks that fit, but not one for each thread at once. */
    BLOCKS(null, () -> kernel(".local .b8 l[8192];\nret;"));

    /** Threads of the simulator. */
    private static final int WORKERS = 32;

    private final SimulatorCode code;
    private final Supplier<String> text;

    GreedyModule(SimulatorCode code, Supplier<String> text) {
        this.code = code;
        this.text = text;
    }

    /** What has to become of it: a code, or {@code launched}. */
    String expected() {
        return code == null ? "launched" : code.id();
    }

    private static String lines(int count, String format) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String kernel(String body) {
        return ".visible .entry k() {\n" + body + "\n}";
    }

    public static void main(String[] arguments) {
        String ptx =
                ".version 7.0\n.target sm_80\n" + valueOf(arguments[0]).text.get();
        try (Simulator simulator = new Simulator(SimulatorOptions.defaults().withThreads(WORKERS))) {
            simulator.launch(SimulatedModule.load(ptx).entry("k"), WORKERS, 1, 1024, 0, new byte[0]);
            System.out.print("launched");
        } catch (OctetException e) {
            System.out.print(e.code().id());
        }
    }
}
