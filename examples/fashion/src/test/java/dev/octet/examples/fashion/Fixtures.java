package dev.octet.examples.fashion;

import dev.octet.runtime.Options;
import dev.octet.runtime.Precision;
import dev.octet.tools.ImageSet;
import dev.octet.tools.Predictions;
import java.nio.file.Path;

/** What the tests share: the example's own files, and predictions. */
final class Fixtures {
    static final ProjectFiles FILES = new ProjectFiles(Path.of(""));

    private Fixtures() {}

    static FashionData data() {
        return FashionData.read(FILES.data());
    }

    static Options floats() {
        return Options.onDevice("cpu").precision(Precision.FP32).weights(FILES.weights());
    }

    /** INT8 with the table that the jar holds. */
    static Options integers() {
        return Options.onDevice("cpu");
    }

    static Predictions predict(Options options, ImageSet images) {
        try (FashionNetwork network = FashionNetwork.open(options)) {
            return Predictions.of(network::runBatch, images, FashionNetwork.OUTPUT_SIZE, 100, done -> {});
        }
    }
}
