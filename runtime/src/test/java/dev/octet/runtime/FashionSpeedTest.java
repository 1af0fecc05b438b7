package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images per second on the CPU device, on a machine with nothing else to do: {@code -Dgroups=perf}. */
@Tag("perf")
class FashionSpeedTest {
    private static final int BATCH = 64;
    private static final int RUNS = 600;

    /** Multiply-accumulates of one image. */
    private static final double MACS = 2.55e6;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aCoreDoesTenBillionOperationsASecond(Precision precision) {
        FashionData data = FashionData.open();
        SampleNetwork sample = new SampleNetwork(SampleNetwork.fashion(BATCH), folder).writePlan();
        sample.writeWeights(FashionData.weights())
                .writeTable(Calibrator.of(sample.spec(), FashionData.weights())
                        .run(IntStream.range(0, 50).mapToObj(data::image)));
        Options options = Options.onDevice("cpu").precision(precision);
        if (precision == Precision.FP32) {
            options = options.weights(FashionData.weights());
        }
        try (Network network = Network.open(sample.spec(), options)) {
            double rate = BATCH / bestSeconds(network, data);
            double giga = rate * MACS * 2 / 1e9;
            int cores = Runtime.getRuntime().availableProcessors();
            System.out.printf("%s: %.0f images/s, %.1f GOPS on %d cores%n", precision, rate, giga, cores);
            assertThat(giga / cores).isGreaterThan(10);
        }
    }

    private static double bestSeconds(Network network, FashionData data) {
        ByteBuffer in = ByteBuffer.wrap(data.images());
        FloatBuffer out = FloatBuffer.allocate(BATCH * 10);
        long best = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            network.runBatch(BATCH, in, out);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e9;
    }
}
