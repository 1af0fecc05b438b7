package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.Tensor;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.calibrate.RangeRule;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that share a scale with what is made of them. */
class JoinedRangesTest {
    @TempDir
    Path folder;

    /** Two branches that only a concatenation and then a pooling use, and one that something else uses too. */
    private static void define(Net net) {
        Tensor x = net.input("image").conv2d("stem", 4, Kernel.kernel(3).pad(1)).relu("stem.relu");
        Tensor left = x.conv2d("left", 5, Kernel.kernel(1)).relu("left.relu");
        Tensor right = x.conv2d("right", 3, Kernel.kernel(1).bias()).relu("right.relu");
        Tensor other = x.conv2d("other", 2, Kernel.kernel(1)).relu("other.relu");
        Tensor joined = left.concat("joined", right, other)
                .maxPool("pool", Kernel.kernel(2).stride(2));
        Tensor pooled = other.maxPool("other.pool", Kernel.kernel(2).stride(2));
        net.output("logits", joined.concat("all", pooled).globalAvgPool("mean").dense("fc", 3));
    }

    private static byte[] image(int seed) {
        byte[] image = new byte[3 * 8 * 8];
        new Random(seed).nextBytes(image);
        return image;
    }

    private CalibrationTable table(RangeRule rule) {
        Plan plan = SampleNetwork.compile(
                JoinedRangesTest::define,
                2,
                SampleNetwork.image(3, 8, 8),
                new Port("logits", Shape.of(3), Optional.empty()));
        SampleNetwork sample = new SampleNetwork(plan, folder).writePlan();
        Path weights = TensorFile.write(plan.fp32(), 3, folder.resolve("joined.safetensors"));
        CalibrationTable table = Calibrator.of(sample.spec(), weights)
                .mode(rule)
                .run(IntStream.range(0, 20).mapToObj(JoinedRangesTest::image));
        plan.int8().nodes().forEach(node -> node.type().scale().ifPresent(table::amax));
        return table;
    }

    @Test
    void rangesComeBackThroughPoolingAndConcatenation() {
        CalibrationTable table = table(RangeRule.percentile(90));
        float pool = table.amax("pool");
        assertThat(table.amax("joined")).isEqualTo(pool);
        assertThat(table.amax("left.relu")).isEqualTo(pool);
        assertThat(table.amax("right.relu")).isEqualTo(pool);
        // What several operators use keeps a range of its own, and so does what is brought to another scale.
        assertThat(table.amax("all")).isNotEqualTo(pool);
        assertThat(table.amax("other.relu")).isNotEqualTo(pool);
        assertThat(table.amax("stem.relu")).isNotEqualTo(pool);
    }

    @Test
    void naiveRangesOfAPoolingAreThoseOfItsOperand() {
        CalibrationTable table = table(RangeRule.naive());
        assertThat(table.amax("joined")).isGreaterThanOrEqualTo(table.amax("other.relu"));
        assertThat(table.amax("left.relu")).isEqualTo(table.amax("joined"));
    }
}
