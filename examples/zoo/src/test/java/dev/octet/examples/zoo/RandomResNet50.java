package dev.octet.examples.zoo;

import dev.octet.plan.Target;
import dev.octet.plan.table.CalibrationTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** ResNet-50 with random weights, calibrated naively on a few synthetic images, without its kernels' PTX. */
final class RandomResNet50 {
    static final int SIZE = 224;
    private static final int EXAMPLES = 2;
    private static final long SEED = 50;

    private RandomResNet50() {}

    /** Builds for each target in a folder of its own; weights and table are the same. */
    static List<ZooBuild> build(Path folder, List<Target> targets) throws IOException {
        Path safetensors = folder.resolve("resnet50.safetensors");
        WeightsOutput.write(RandomWeights.of(ZooCompilation.of(new ResNet50()).trace(), SEED), safetensors);
        CalibrationTable table = null;
        List<ZooBuild> builds = new ArrayList<>();
        for (Target target : targets) {
            Path classes = Files.createDirectories(folder.resolve(target.text()));
            ZooBuild build = new ZooBuild(classes, ZooCompilation.of(new ResNet50(), List.of(target)));
            build.quantizeWeights(safetensors);
            if (table == null) {
                table = build.calibrate(
                        safetensors, IntStream.range(0, EXAMPLES).mapToObj(i -> SyntheticImages.image(SIZE, 1000 + i)));
            }
            build.add(table);
            builds.add(build);
        }
        return builds;
    }
}
