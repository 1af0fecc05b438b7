package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.octet.tools.ImageSet;
import dev.octet.tools.Predictions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FashionAccuracyTest {
    private static final Path SHARED = Path.of("../../../shared/data/fashion-mnist");

    @Test
    void int8IsNearlyAsGoodAsFloatOnTheShippedImages() {
        FashionData data = Fixtures.data();
        Predictions floats = Fixtures.predict(Fixtures.floats(), data.test());
        Predictions integers = Fixtures.predict(Fixtures.integers(), data.test());

        assertThat(data.test().size()).isEqualTo(1000);
        assertThat(floats.top(data.labels().labels(), 1)).isCloseTo(0.933, within(0.002));
        assertThat(integers.top(data.labels().labels(), 1))
                .isCloseTo(floats.top(data.labels().labels(), 1), within(0.005));
        assertThat(integers.agreement(floats)).isGreaterThanOrEqualTo(0.98);
    }

    /** 91.39 % is what the training framework measured. */
    @Test
    void floatIsAsGoodAsInTrainingOnAllTestImages() {
        ImageSet images = shared("t10k-images-idx3-ubyte.gz", FashionNetwork.INPUT_SIZE);
        ImageSet labels = shared("t10k-labels-idx1-ubyte.gz", 1);
        Predictions floats = Fixtures.predict(Fixtures.floats(), images);
        Predictions integers = Fixtures.predict(Fixtures.integers(), images);

        assertThat(floats.size()).isEqualTo(10_000);
        assertThat(floats.top(labels.labels(), 1)).isCloseTo(0.9139, within(0.0005));
        assertThat(integers.top(labels.labels(), 1)).isCloseTo(floats.top(labels.labels(), 1), within(0.005));
        assertThat(integers.agreement(floats)).isGreaterThanOrEqualTo(0.98);
    }

    private static ImageSet shared(String name, int recordBytes) {
        Path file = SHARED.resolve(name);
        assumeThat(file)
                .as("the complete test set, not part of the project: %s", file)
                .exists();
        return ImageSet.read(file, recordBytes);
    }
}
