package dev.octet.examples.zoo;

import dev.octet.plan.Target;
import dev.octet.plan.table.CalibrationTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** ResNet-50 with random weights, calibrated naively on a few synthetic images, without its kernels' PTX. */
final class RandomResNet50 {
    static final int SIZE = 224;
    static final int MAX_BATCH = 128;
    private static final int EXAMPLES = 2;
    private static final long SEED = 50;

    private final Path folder;
    private final Path safetensors;
    private CalibrationTable table;

    /** Makes the weights. */
    RandomResNet50(Path folder) throws IOException {
        this.folder = folder;
        this.safetensors = folder.resolve("resnet50.safetensors");
        WeightsOutput.write(RandomWeights.of(ZooCompilation.of(new ResNet50()), SEED), safetensors);
    }

    /** Builds for a target and a largest batch in a folder of its own; weights and table are the same for all. */
    ZooBuild build(Target target, int maxBatch) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(target.text() + "-" + maxBatch));
        ZooBuild build = new ZooBuild(classes, ZooCompilation.of(new ResNet50(), List.of(target), maxBatch));
        build.quantizeWeights(safetensors);
        if (table == null) {
            table = build.calibrate(
                    safetensors, IntStream.range(0, EXAMPLES).mapToObj(i -> SyntheticImages.image(SIZE, 1000 + i)));
        }
        build.add(table);
        return build;
    }
}
