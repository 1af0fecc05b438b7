package dev.octet.simulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.simulator.machinecode.Cubin;
import dev.octet.testkit.DiagnosticExamples;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An example of every diagnostic of the simulator. */
class SimulatorExamplesTest {
    private static final Map<SimulatorCode, String> KERNELS = new TreeMap<>(Map.ofEntries(
            Map.entry(SimulatorCode.SYNTAX, "add.s32 %r1 %r2;"),
            Map.entry(SimulatorCode.UNKNOWN, "ex2.approx.f32 %f1, %f2;"),
            Map.entry(SimulatorCode.OPERAND, "add.s64 %r1, %x1, %x2;"),
            Map.entry(SimulatorCode.LIMIT, ".shared .align 16 .b8 large[240000];"),
            Map.entry(SimulatorCode.UNWRITTEN_REGISTER, "add.s32 %r1, %r2, 1;"),
            Map.entry(SimulatorCode.UNWRITTEN_MEMORY, "ld.global.u32 %r1, [%out];"),
            Map.entry(SimulatorCode.OUT_OF_BOUNDS, "st.global.u32 [%out+4096], 1;"),
            Map.entry(SimulatorCode.MISALIGNED, "st.global.u32 [%out+2], 1;"),
            Map.entry(SimulatorCode.RACE, "st.shared.u32 [s], %t;"),
            Map.entry(SimulatorCode.ASYNC, "cp.async.ca.shared.global [%t4], [%out], 4, 0;\nld.shared.u32 %r1, [%t4];"),
            Map.entry(SimulatorCode.BARRIER_DIVERGED, "setp.lt.u32 %p1, %t, 5;\n@%p1 bar.sync 0;"),
            Map.entry(SimulatorCode.BARRIER_BLOCKED, "bar.sync 0, 64;"),
            Map.entry(SimulatorCode.INACTIVE_LANES, "shfl.sync.idx.b32 %r1, %t, 0, 31, 1;"),
            Map.entry(SimulatorCode.ENDLESS, "LOOP: bra LOOP;"),
            Map.entry(SimulatorCode.READ_ONLY, "st.global.u32 [%out], 1;\nld.global.nc.u32 %r1, [%out];"),
            Map.entry(SimulatorCode.BLOCKS_RACE, "mov.u32 %r1, %ctaid.x;\nst.global.u32 [%out], %r1;"),
            Map.entry(SimulatorCode.UNDEFINED, "div.u32 %r1, %t, %t;"),
            Map.entry(SimulatorCode.GLOBAL_RACE, "st.global.u32 [%out], %t;"),
            Map.entry(SimulatorCode.TARGET, "ld.relaxed.cluster.global.u32 %r1, [%out];"),
            Map.entry(
                    SimulatorCode.ASYNC_SOURCE,
                    "st.global.u32 [%o], 1;\ncp.async.ca.shared.global [%t4], [%o], 4;\nst.global.u32 [%o], 2;")));

    @TestFactory
    Stream<DynamicTest> examples() {
        DiagnosticExamples examples = new DiagnosticExamples()
                .thrown(SimulatorCode.NO_ENTRY.id(), () -> module().entry("other"))
                .thrown(SimulatorCode.CUBIN.id(), () -> Cubin.read(new byte[100]))
                .thrown(SimulatorCode.BLOCK_MEMORY.id(), SimulatorExamplesTest::tooLargeBlocks)
                .thrown(SimulatorCode.INTERVALS.id(), SimulatorExamplesTest::tooManyBarriers)
                .thrown(SimulatorCode.LAUNCH.id(), SimulatorExamplesTest::tooManyThreads)
                .thrown(SimulatorCode.HOST_MEMORY.id(), SimulatorExamplesTest::beyondTheEnd)
                .thrown(SimulatorCode.EARLIER_KERNELS.id(), SimulatorExamplesTest::useTooEarly)
                .thrown(SimulatorCode.MEMORY_FULL.id(), SimulatorExamplesTest::tooMuchMemory);
        KERNELS.forEach((code, kernel) -> examples.thrown(code.id(), () -> launch(kernel)));
        PRODUCTS.forEach((code, change) -> examples.thrown(code.id(), () -> multiply(change)));
        return examples.tests(Arrays.stream(SimulatorCode.values()).map(SimulatorCode::id));
    }

    /** Products of a warpgroup with a mistake put in. */
    private static final Map<SimulatorCode, String[]> PRODUCTS = new TreeMap<>(Map.of(
            SimulatorCode.WARPGROUP,
            new String[] {"wgmma.fence", "setp.lt.u32 %p1, %t, 96;\n@%p1 wgmma.fence"},
            SimulatorCode.DESCRIPTOR,
            new String[] {"wgmma.fence", "add.u64 %x1, %x1, 1;\nwgmma.fence"},
            SimulatorCode.IN_FLIGHT,
            new String[] {"wgmma.commit_group", "add.s32 %r1, %acc0, 1;\nwgmma.commit_group"},
            SimulatorCode.REGISTER_FENCE,
            new String[] {"wgmma.fence.sync.aligned;", ""},
            SimulatorCode.PROXY_FENCE,
            new String[] {"fence.proxy.async.shared::cta;", ""},
            SimulatorCode.OPERAND_IN_USE,
            new String[] {"wgmma.commit_group", "st.shared.u32 [m], 0;\nwgmma.commit_group"}));

    private static void multiply(String[] change) {
        WarpgroupText text = new WarpgroupText(8, "u8.s8", true, 4);
        try (TestKernel kernel = WarpgroupsTest.kernel(text, text.text().replace(change[0], change[1]))) {
            kernel.launch();
        }
    }

    private static void useTooEarly() {
        try (TestKernel kernel = new TestKernel("st.global.u32 [%o], 1;\ngriddepcontrol.wait;").target("sm_90")) {
            kernel.launch();
        }
    }

    private static void launch(String instructions) {
        try (TestKernel kernel = new TestKernel(instructions).grid(2)) {
            kernel.launch();
        }
    }

    private static void tooManyBarriers() {
        SimulatorOptions options = SimulatorOptions.defaults().withThreads(1).withInstructionsPerBlock(20_000_000);
        try (TestKernel kernel = new TestKernel("LOOP: bar.warp.sync 0xffffffff;\nbra LOOP;", options)) {
            kernel.launch();
        }
    }

    private static SimulatedModule module() {
        return SimulatedModule.load(".version 7.0\n.target sm_80\n.visible .entry k()\n.maxntid 64, 1, 1\n{ ret; }");
    }

    private static void tooManyThreads() {
        try (Simulator simulator = new Simulator()) {
            simulator.launch(module().entry("k"), 1, 1, 96, 0, new byte[0]);
        }
    }

    /** Some 1.9 GB; a heap of which that is less than an eighth has room for more of each. */
    private static void tooLargeBlocks() {
        assumeTrue(
                Runtime.getRuntime().maxMemory() < 14L << 30, "a block that is too large for a heap of 14 GB at most");
        String kernel = ".version 7.0\n.target sm_80\n.visible .entry k() {\n.reg .b32 %r<65000>;\n"
                + ".reg .b64 %x<65000>;\n.local .b8 l[524288];\nret;\n}";
        try (Simulator simulator = new Simulator()) {
            simulator.launch(SimulatedModule.load(kernel).entry("k"), 1, 1, 1024, 0, new byte[0]);
        }
    }

    private static void beyondTheEnd() {
        try (Simulator simulator = new Simulator()) {
            simulator.memory().upload(simulator.memory().allocate(8) + 4, new byte[5]);
        }
    }

    private static void tooMuchMemory() {
        try (Simulator simulator = new Simulator(new SimulatorOptions(1, 1, 1024))) {
            simulator.memory().allocate(1025);
        }
    }
}
