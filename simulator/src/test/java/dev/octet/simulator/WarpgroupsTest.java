package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of warpgroups, against loops over the elements where the PTX manual says that they lie. */
class WarpgroupsTest {
    private static final long SEED = Long.getLong("octet.seed", 5);
    private static final int ROW = 128;

    static TestKernel kernel(WarpgroupText text, String instructions) {
        byte[] input = new byte[text.inputBytes()];
        new Random(SEED).nextBytes(input);
        return new TestKernel(instructions)
                .target("sm_90a")
                .threads(WarpgroupText.THREADS)
                .input(input)
                .outputBytes(WarpgroupText.THREADS * text.outputBytes());
    }

    private static int[] expected(WarpgroupText text, int steps) {
        byte[] input = new byte[text.inputBytes()];
        new Random(SEED).nextBytes(input);
        int[] all = new int[WarpgroupText.THREADS * text.columns() / 2];
        for (int i = 0; i < all.length; i++) {
            int thread = i / (text.columns() / 2);
            int register = i % (text.columns() / 2);
            int row = thread / 32 * 16 + thread % 32 / 4 + (register % 4 >= 2 ? 8 : 0);
            int column = register / 4 * 8 + thread % 4 * 2 + register % 2;
            for (int k = 0; k < 32 * steps; k++) {
                all[i] += element(input[row * ROW + k], text.types().startsWith("s8"))
                        * element(input[(64 + column) * ROW + k], text.types().endsWith("s8"));
            }
        }
        return all;
    }

    private static int element(byte value, boolean signed) {
        return signed ? value : value & 255;
    }

    @ParameterizedTest
    @CsvSource({
        "8, s8.s8, false, 1",
        "8, u8.s8, true, 4",
        "24, s8.u8, false, 3",
        "64, u8.s8, true, 4",
        "80, u8.u8, false, 2",
        "128, u8.s8, true, 4",
        "256, s8.s8, true, 4",
        "256, u8.s8, false, 4"
    })
    void multiply(int columns, String types, boolean asynchronous, int steps) {
        WarpgroupText text = new WarpgroupText(columns, types, asynchronous, steps);
        int[] expected = expected(text, steps);
        try (TestKernel kernel = kernel(text, text.text())) {
            assertThat(kernel.words(expected.length)).as("seed %d", SEED).isEqualTo(expected);
        }
    }

    /** Two groups of products that follow each other in the same registers. */
    @Test
    void waitForSomeGroups() {
        WarpgroupText text = new WarpgroupText(16, "u8.s8", true, 4);
        String commit = "wgmma.commit_group.sync.aligned;\n";
        String product = text.product() + "add.u64 %x1, %x1, 2;\n";
        String instructions = text.text()
                .replaceFirst("(?s)(setp\\.ne\\.u32 %adds, 2, 0;)", commit + "wgmma.wait_group.sync.aligned 1;\n$1");
        assertThat(instructions).contains(product).contains("aligned 1;");
        int[] expected = expected(text, 4);
        try (TestKernel kernel = kernel(text, instructions)) {
            assertThat(kernel.words(expected.length)).as("seed %d", SEED).isEqualTo(expected);
        }
    }

    @Test
    void saturate() {
        WarpgroupText text = new WarpgroupText(8, "u8.u8.satfinite", false, 1);
        String start = "mov.u32 %acc0, 0x7ffffff0;\nmov.u32 %acc1, 0x7ffffff0;\nmov.u32 %acc2, 0;\nmov.u32 %acc3, 0;\n";
        String instructions =
                text.text().replace("wgmma.fence", start + "wgmma.fence").replace("%adds, 0, 0", "%adds, 1, 0");
        try (TestKernel kernel = kernel(text, instructions)) {
            assertThat(kernel.words(2)).as("seed %d", SEED).containsOnly(Integer.MAX_VALUE);
        }
    }

    /** Two warpgroups of a block, each with barriers of its own, and waiting for later launches. */
    @Test
    void worksInSeveralWarpgroups() {
        WarpgroupText text = new WarpgroupText(8, "s8.s8", false, 4);
        String instructions = text.text()
                .replace("bar.sync 0;", "bar.sync 0;\ngriddepcontrol.launch_dependents;")
                .replace("mad.wide.u32 %x3", "setp.ge.u32 %p1, %t, 128;\n@%p1 ret;\nmad.wide.u32 %x3");
        int[] expected = expected(text, 4);
        try (TestKernel kernel = kernel(text, instructions).threads(256)) {
            assertThat(kernel.words(expected.length)).as("seed %d", SEED).isNotNull();
        }
    }
}
