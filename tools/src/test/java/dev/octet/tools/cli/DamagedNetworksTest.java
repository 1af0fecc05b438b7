package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.io.Sha256;
import dev.octet.runtime.Network;
import dev.octet.runtime.NetworkSpec;
import dev.octet.runtime.Options;
import dev.octet.testkit.DamagedCopies;
import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reader takes, the CPU device loads and runs, or refuses with a diagnostic; so does the command. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedNetworksTest {
    private static final int CASES = 500;
    private static final int RUNS_OF_THE_COMMAND = 200;
    private static final String AREAS = "PLAN|WEIGHTS|TABLE|RUN|BUILD";

    @TempDir
    private Path folder;

    private SampleRuns runs;
    private NetworkSpec spec;

    @BeforeEach
    void build() throws IOException {
        runs = SampleRuns.in(folder);
        spec = runs.module().network().spec();
        Path table = runs.module().network().tableFile();
        Files.copy(runs.table(), table);
    }

    private boolean runsOnTheCpu() {
        try (Network network = Network.open(spec, Options.onDevice("cpu"))) {
            int n = Math.min(2, network.maxBatch());
            int pixels = network.plan().inputs().get(0).shape().elements();
            int scores = network.plan().outputs().get(0).shape().elements();
            FloatBuffer results = ByteBuffer.allocateDirect(4 * n * scores)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            network.runBatch(n, ByteBuffer.allocateDirect(n * pixels), results);
            return true;
        }
    }

    private void damage(Path file, int leastRun, UnaryOperator<byte[]> finish) throws Exception {
        DamagedCopies.of(AREAS, Files.readAllBytes(file)).check(CASES, leastRun, bytes -> {
            Files.write(file, finish.apply(bytes));
            return runsOnTheCpu();
        });
    }

    @Test
    void plans() throws Exception {
        damage(runs.plan(), 8, UnaryOperator.identity());
    }

    @Test
    void tables() throws Exception {
        damage(runs.module().network().tableFile(), 8, UnaryOperator.identity());
    }

    @Test
    void quantisedWeights() throws Exception {
        damage(runs.quantised(), 20, DamagedNetworksTest::signed);
    }

    private static byte[] signed(byte[] file) {
        if (file.length < 32) {
            return file;
        }
        byte[] signed = file.clone();
        byte[] content = Arrays.copyOf(file, file.length - 32);
        System.arraycopy(HexFormat.of().parseHex(Sha256.hex(content)), 0, signed, content.length, 32);
        return signed;
    }

    @Test
    void floatWeights() throws Exception {
        Path file = runs.module().weights();
        // The command itself takes 4 MiB where the JVM removes no allocations.
        DamagedCopies copies = DamagedCopies.of(AREAS, Files.readAllBytes(file)).allocating(5 << 20);
        copies.check(CASES, 20, bytes -> {
            Files.write(file, bytes);
            Command run = Command.on(runs.module(), "weights");
            return run.exit() == 0 || refused(run);
        });
    }

    /** Only commands that write nothing, since their paths are damaged too. */
    @Test
    void argumentsOfTheCommand() throws Exception {
        String arguments = String.join(
                "\n",
                "evaluate",
                SampleModule.NETWORK,
                "--images",
                runs.images().toString(),
                "--labels",
                runs.labels().toString(),
                "--device",
                "cpu",
                "--batch",
                "4",
                "--classes",
                runs.module().classes().toString(),
                "--dir",
                runs.module().sources().toString(),
                "--calibration",
                runs.table().toString());
        DamagedCopies.of(AREAS, arguments.getBytes(StandardCharsets.UTF_8))
                .allocating(32 << 20)
                .check(RUNS_OF_THE_COMMAND, 1, bytes -> {
                    Command run = Command.run(new String(bytes, StandardCharsets.UTF_8).split("\n"));
                    return run.exit() == 0 || refused(run);
                });
    }

    /** False after a look at how the command refused. */
    private static boolean refused(Command run) {
        assertThat(run.exit()).as(run.err()).isBetween(1, 2);
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
        if (run.exit() == 1) {
            assertThat(run.err()).matches("(?s)\\[OCTET-(" + AREAS + ")-[0-9]{3}] .*");
        }
        return false;
    }
}
