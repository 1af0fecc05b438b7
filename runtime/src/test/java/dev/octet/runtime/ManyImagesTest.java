package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.testkit.JavaProcess;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of a calibration does not grow with the number of images. */
class ManyImagesTest {
    private static final int IMAGES = 50_000;

    @TempDir
    Path folder;

    private static void define(Net net) {
        net.output(
                "logits",
                net.input("image")
                        .conv2d("conv", 4, Kernel.kernel(3))
                        .relu("act")
                        .globalAvgPool("mean")
                        .dense("fc", 4));
    }

    /** All values of all images would take 50,000 x (100 + 256) x 4 bytes = 71 MB, the images alone 5 MB. */
    @Test
    void fiftyThousandImagesPassThroughASmallHeap() {
        Plan plan = SampleNetwork.compile(
                ManyImagesTest::define,
                1,
                SampleNetwork.image(1, ManyImages.SIDE, ManyImages.SIDE),
                new Port("logits", Shape.of(4), Optional.empty()));
        SampleNetwork sample = new SampleNetwork(plan, folder).writePlan();
        Path weights = TensorFile.write(plan.fp32(), 3, folder.resolve("many.safetensors"));
        JavaProcess.Result result = JavaProcess.withClassPath(
                        Stream.of(Network.class, Plan.class, ManyImages.class, Net.class, JavaProcess.class)
                                .map(JavaProcess::home)
                                .toList())
                .options("-Xmx16m")
                .run(ManyImages.class, folder.toString(), weights.toString(), String.valueOf(IMAGES));
        assertThat(result.exit()).as(result.err()).isZero();
        CalibrationTable table = CalibrationTable.read(result.out(), "output");
        assertThat(table.examples()).isEqualTo(IMAGES);
        assertThat(table.amax()).containsOnlyKeys("image", "conv", "act", "mean", "fc");
    }
}
