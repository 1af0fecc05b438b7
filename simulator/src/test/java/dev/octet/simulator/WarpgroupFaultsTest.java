package dev.octet.simulator;

import static dev.octet.simulator.StrictnessTest.failure;
import static dev.octet.simulator.StrictnessTest.passes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What products of warpgroups leave undefined is reported, and what is next to it is not. */
class WarpgroupFaultsTest {
    private static final WarpgroupText TEXT = new WarpgroupText(8, "u8.s8", false, 2);
    private static final WarpgroupText COPIED = new WarpgroupText(8, "u8.s8", true, 2);
    private static final String FENCE = "fence.proxy.async.shared::cta;\n";
    private static final String BARRIER = "bar.sync 0;\n";
    private static final String PRODUCT = "wgmma.mma_async";
    private static final String WAIT = "wgmma.wait_group.sync.aligned 0;\n";

    private static TestKernel kernel(String instructions) {
        return WarpgroupsTest.kernel(TEXT, instructions);
    }

    private static TestKernel with(String from, String to) {
        assertThat(TEXT.text()).contains(from);
        return kernel(TEXT.text().replace(from, to));
    }

    @Test
    void whatWasWrittenIsFencedByItsThreadBeforeTheBarrier() {
        passes(kernel(TEXT.text()));
        passes(kernel(COPIED.text()));
        passes(kernel(TEXT.text().replace(".shared::cta", "")));
        assertThat(failure(with(FENCE, ""), SimulatorCode.PROXY_FENCE, PRODUCT, 0))
                .contains("byte 1024 of shared memory, which thread 0 has written");
        failure(with(FENCE + BARRIER, BARRIER + FENCE), SimulatorCode.PROXY_FENCE, PRODUCT, 0);
        failure(with(FENCE, "fence.proxy.async.global;\n"), SimulatorCode.PROXY_FENCE, PRODUCT, 0);
        String some = "setp.ne.u32 %p1, %t, 9;\n@%p1 " + FENCE;
        assertThat(failure(with(FENCE, some), SimulatorCode.PROXY_FENCE, PRODUCT, 0))
                .contains("which thread 9 has written");
    }

    @Test
    void asynchronousCopiesAreFencedAfterTheyWereAwaited() {
        String wait = "cp.async.wait_group 0;\n";
        String text = COPIED.text();
        failure(kernel(text.replace(wait + FENCE, FENCE + wait)), SimulatorCode.PROXY_FENCE, PRODUCT, 0);
        failure(kernel(text.replace(wait, "")), SimulatorCode.ASYNC, PRODUCT, 0);
        failure(kernel(text.replace(BARRIER, "")), SimulatorCode.RACE, PRODUCT, 0);
    }

    @Test
    void readsWhatWasWritten() {
        failure(
                with("setp.lt.u32 %adds, %r1, 576;", "setp.lt.u32 %adds, %r1, 200;"),
                SimulatorCode.UNWRITTEN_MEMORY,
                PRODUCT,
                0);
        assertThat(failure(
                        with("add.u64 %x2, %x1, 512;", "add.u64 %x2, %x1, 0x240;"),
                        SimulatorCode.OUT_OF_BOUNDS,
                        PRODUCT,
                        0))
                .contains("shared address 10240, of which the block has 10240");
    }

    /** The first thread's warp is the first to get behind a barrier. */
    @Test
    void nobodyWritesWhatIsStillRead() {
        String first = "setp.eq.u32 %p7, %t, 0;\n";
        String write = "@%p7 st.shared.u32 [m+8192], 1;\n";
        String early = TEXT.text().replace(WAIT, first + BARRIER + write + WAIT);
        assertThat(failure(kernel(early), SimulatorCode.OPERAND_IN_USE, "@%p7 st.shared", 0))
                .contains("which the product of line ");
        String copy = "@%p7 cp.async.ca.shared.global [m+8192], [%in], 4;\n";
        failure(kernel(early.replace(write, copy)), SimulatorCode.OPERAND_IN_USE, "@%p7 cp.async", 0);
        String update = "@%p7 red.shared.add.u32 [m+8192], 1;\n";
        failure(kernel(early.replace(write, update)), SimulatorCode.OPERAND_IN_USE, "@%p7 red", 0);
        passes(kernel(TEXT.text().replace(WAIT, WAIT + first + BARRIER + write)));
        String last = first.replace("0;", "127;");
        assertThat(failure(kernel(TEXT.text().replace(WAIT, WAIT + last + write)), SimulatorCode.RACE, "@%p7 st", 127))
                .contains("which thread 0 reads");
    }

    @Test
    void nobodyTouchesWhatIsStillWritten() {
        assertThat(failure(with(WAIT, "add.u32 %r9, %acc2, 1;\n" + WAIT), SimulatorCode.IN_FLIGHT, "add.u32 %r9", 0))
                .contains("register %acc2, which the product of line ");
        failure(with(WAIT, "mov.u32 %acc0, 1;\n" + WAIT), SimulatorCode.IN_FLIGHT, "mov.u32 %acc0", 0);
        failure(with(WAIT, "wgmma.wait_group.sync.aligned 1;\n"), SimulatorCode.IN_FLIGHT, "st.global.u32", 0);
        failure(with("wgmma.commit_group.sync.aligned;\n", ""), SimulatorCode.IN_FLIGHT, "st.global.u32", 0);
        String moved = TEXT.product().replace("{%acc0, %acc1, %acc2, %acc3}", "{%acc1, %acc0, %acc2, %acc3}");
        String text = TEXT.text();
        int second = text.lastIndexOf(TEXT.product());
        String other = text.substring(0, second) + text.substring(second).replace(TEXT.product(), moved);
        failure(kernel(other), SimulatorCode.IN_FLIGHT, moved.strip(), 0);
    }

    @Test
    void registersAreFenced() {
        String fence = "wgmma.fence.sync.aligned;\n";
        assertThat(failure(with(fence, ""), SimulatorCode.REGISTER_FENCE, PRODUCT, 0))
                .contains("register %acc0");
        failure(with(fence, fence + "mov.u32 %acc3, 0;\n"), SimulatorCode.REGISTER_FENCE, PRODUCT, 0);
        passes(with(fence, "mov.u32 %acc3, 0;\n" + fence));
        String again = "setp.ne.u32 %adds, 1, 0;\n" + TEXT.product() + "wgmma.commit_group.sync.aligned;\n" + WAIT;
        String back = "add.u64 %x1, %x1, -2;\nadd.u64 %x2, %x2, -2;\n";
        passes(kernel(TEXT.text().replace(WAIT, WAIT + back + again)));
        String read = "xor.b32 %r9, %acc3, 1;\n";
        failure(
                kernel(TEXT.text()
                        .replace(WAIT, WAIT + back + read + again.replace("%x2, %adds;", "%x2, %adds; // again"))),
                SimulatorCode.REGISTER_FENCE,
                "// again",
                0);
    }

    @Test
    void addendsAreWritten() {
        failure(
                with("setp.ne.u32 %adds, 0, 0;", "setp.ne.u32 %adds, 1, 0;"),
                SimulatorCode.UNWRITTEN_REGISTER,
                PRODUCT,
                0);
    }

    @Test
    void allFourWarpsDoTheSame() {
        String some = "setp.lt.u32 %p6, %t, 96;\n";
        assertThat(failure(with("wgmma.fence", some + "@%p6 wgmma.fence"), SimulatorCode.WARPGROUP, PRODUCT, 96))
                .contains("another warp of the warpgroup has executed line ");
        String last = "wgmma.fence.sync.aligned;\n";
        assertThat(failure(
                        with("mad.wide.u32 %x3", some + "@%p6 " + last + "mad.wide.u32 %x3"),
                        SimulatorCode.WARPGROUP,
                        "ret;",
                        96))
                .contains("the warp ends without line ");
        String other = "setp.eq.u32 %p6, %r5, 3;\n@%p6 add.u64 %x2, %x2, 2;\n";
        String warp = "shr.u32 %r5, %t, 5;\n";
        assertThat(failure(with("wgmma.fence", warp + other + "wgmma.fence"), SimulatorCode.WARPGROUP, PRODUCT, 96))
                .contains("its operands are 0x");
        failure(kernel(TEXT.text()).threads(96), SimulatorCode.WARPGROUP, "wgmma.fence", 0);
    }

    @Test
    void lanesAgree() {
        String lane = "setp.eq.u32 %p6, %t, 7;\n";
        assertThat(failure(
                        with("wgmma.fence", lane + "@%p6 add.u64 %x1, %x1, 2;\nwgmma.fence"),
                        SimulatorCode.WARPGROUP,
                        PRODUCT,
                        7))
                .contains("the descriptor of A is ");
        String some = "setp.eq.u32 %adds, %t, 7;\n" + TEXT.product().replace("%x2, %adds;", "%x2, %adds; // some");
        failure(with("setp.ne.u32 %adds, 1, 0;\n" + TEXT.product(), some), SimulatorCode.WARPGROUP, "// some", 7);
        failure(with("wgmma.fence", lane + "@%p6 wgmma.fence"), SimulatorCode.INACTIVE_LANES, "@%p6 wgmma", 0);
    }

    @Test
    void productsAreAwaited() {
        String back = "add.u64 %x1, %x1, -2;\nadd.u64 %x2, %x2, -2;\n";
        String more = back + "wgmma.fence.sync.aligned;\n" + TEXT.product() + "ret;\n";
        assertThat(failure(with("mad.wide.u32 %x3", more + "mad.wide.u32 %x3"), SimulatorCode.WARPGROUP, "ret;", 0))
                .contains("ends without waiting for the product of line ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add.u64 %x1, %x1, 1;                    | begins at 1040, no multiple of 32
            add.u64 %x1, %x1, 8;                    | begins at 1152, which is not in the first row
            xor.b64 %x1, %x1, 0x8000000000000000;   | has swizzle mode 3
            xor.b64 %x1, %x1, 0xc000000000000000;   | has swizzle mode 2
            xor.b64 %x1, %x1, 0x2000000000000;      | has a base offset
            xor.b64 %x1, %x1, 0x10000000000000;     | sets bits that mean nothing
            xor.b64 %x1, %x1, 0x6000000000;         | has a stride of 512 bytes
            xor.b64 %x1, %x1, 0x4000000000;         | has a stride of 0 bytes
            """)
    void descriptorsAreThoseOfTiles(String change, String complaint) {
        assertThat(failure(with("wgmma.fence", change + "\nwgmma.fence"), SimulatorCode.DESCRIPTOR, PRODUCT, 0))
                .contains("the descriptor of A, 0x", complaint);
    }

    /** The same holds for them; B is the last of the block's memory, and has 64 pieces. */
    @Test
    void operandsWithoutASwizzleAreChecked() {
        String text = TEXT.plainText(1, 8);
        passes(kernel(text));
        failure(kernel(text.replace(FENCE, "")), SimulatorCode.PROXY_FENCE, PRODUCT, 0);
        failure(kernel(text.replace(BARRIER, "")), SimulatorCode.RACE, PRODUCT, 0);
        assertThat(failure(kernel(TEXT.plainText(64, 8)), SimulatorCode.OUT_OF_BOUNDS, PRODUCT, 0))
                .contains("of which the block has 10240");
        String first = "setp.eq.u32 %p7, %t, 0;\n";
        String write = "@%p7 st.shared.u32 [m+8192], 1;\n";
        String early = text.replace(WAIT, first + BARRIER + write + WAIT);
        failure(kernel(early), SimulatorCode.OPERAND_IN_USE, "@%p7 st.shared", 0);
    }

    /** Later ones have products of another kind. */
    @ParameterizedTest
    @ValueSource(strings = {"sm_90", "sm_100", "sm_100a", "sm_120a"})
    void oneGenerationAloneHasThem(String target) {
        try (TestKernel kernel = kernel(TEXT.text())) {
            assertThatThrownBy(() -> SimulatedModule.load(kernel.ptx().replace("sm_90a", target)))
                    .hasMessageContaining(SimulatorCode.TARGET.id())
                    .hasMessageContaining("needs a .target of sm_90a, the module's is " + target + ".");
        }
    }

    @Test
    void operandsInRegistersAreNotKnown() {
        String text = TEXT.text().replace(", %x1, %x2", ", {%r1, %r2, %r3, %r4}, %x2");
        try (TestKernel kernel = kernel(text)) {
            assertThatThrownBy(() -> SimulatedModule.load(kernel.ptx()))
                    .hasMessageContaining(SimulatorCode.OPERAND.id())
                    .hasMessageContaining("whose first operand is in registers");
        }
    }
}
