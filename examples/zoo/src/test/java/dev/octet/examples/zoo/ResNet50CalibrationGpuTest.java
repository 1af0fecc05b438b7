package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.MeasuredValues;
import dev.octet.runtime.calibrate.RangeRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole ResNet-50 with random weights, calibrated on the first GPU. */
@Tag("calibrate")
class ResNet50CalibrationGpuTest {
    private static final String GPU = "cuda:0";
    private static final int SIZE = 224;
    private static final int IMAGES = 500;
    private static final int BATCH = 32;
    private static final int COMPARED = 16;
    private static final double MOST_SECONDS = 10;
    private static final List<RangeRule> MODES = List.of(
            RangeRule.naive(),
            RangeRule.entropy(),
            RangeRule.entropyTensorRt(),
            RangeRule.entropyMxNet(),
            RangeRule.percentile(99.99),
            RangeRule.mse());

    private static ZooCompilation network;
    private static ZooBuild build;
    private static Path safetensors;
    private static List<byte[]> images;

    @BeforeAll
    static void build(@TempDir Path folder) throws IOException {
        network = ZooCompilation.withFloats(new ResNet50(), List.of(Target.SM_80), BATCH);
        build = new ZooBuild(Files.createDirectories(folder.resolve("classes")), network);
        safetensors = folder.resolve("random.safetensors");
        WeightsOutput.write(RandomWeights.of(network, 50), safetensors);
        System.out.println(build.compileKernels());
        images = IntStream.range(0, IMAGES)
                .parallel()
                .mapToObj(i -> SyntheticImages.image(SIZE, 3000 + i))
                .toList();
    }

    private static MeasuredValues measure(String device, int count, int batch) throws IOException {
        return Calibrator.of(build.spec(), safetensors)
                .device(device)
                .batch(batch)
                .examples(count)
                .measure(images.stream());
    }

    @Test
    void tablesOfAFewImagesAreTheCpus() throws IOException {
        MeasuredValues gpu = measure(GPU, COMPARED, 5);
        MeasuredValues cpu = measure("cpu", COMPARED, 8);
        assertThat(gpu.histograms(MODES).write())
                .isEqualTo(cpu.histograms(MODES).write());
        for (RangeRule mode : MODES) {
            assertThat(gpu.table(mode).write())
                    .as(mode.name())
                    .isEqualTo(cpu.table(mode).write());
        }
    }

    /** The first run has used the device before, so that its start does not count. */
    @Test
    void calibratesWithFiveHundredImagesInTenSeconds() throws IOException {
        measure(GPU, 1, 1);
        for (int batch : new int[] {8, BATCH}) {
            long start = System.nanoTime();
            MeasuredValues measured = measure(GPU, IMAGES, batch);
            double seconds = (System.nanoTime() - start) * 1e-9;
            String table = measured.table(RangeRule.entropy()).write();
            double all = (System.nanoTime() - start) * 1e-9;
            System.out.printf(
                    Locale.ROOT,
                    "ResNet-50, %d images, batch %d: measured in %.3f s, with the table by entropy %.3f s%n",
                    IMAGES,
                    batch,
                    seconds,
                    all);
            assertThat(table).contains("\nexamples " + IMAGES + "\n");
            assertThat(all).isLessThan(MOST_SECONDS);
        }
    }

    @Test
    void timesOfItsParts() {
        FloatRun run = new FloatRun(build, network.compilation().floats().orElseThrow(), safetensors);
        for (int batch : new int[] {8, BATCH}) {
            String times = run.times(GPU, batch, SyntheticImages.images(batch, SIZE, 9), IMAGES);
            System.out.println("ResNet-50: " + times);
            assertThat(times).contains("batch " + batch);
        }
    }
}
