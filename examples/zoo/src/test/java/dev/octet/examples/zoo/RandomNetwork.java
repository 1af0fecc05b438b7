package dev.octet.examples.zoo;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.table.CalibrationTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A network with random weights, calibrated naively on a few synthetic images, without its kernels' PTX. */
final class RandomNetwork {
    static final int MAX_BATCH = 128;
    private static final int EXAMPLES = 2;
    private static final long SEED = 50;

    private final NetworkDefinition definition;
    private final Path folder;
    private final Path safetensors;
    private final int size;
    private final Predicate<String> fp32;
    private CalibrationTable table;

    /** Makes the weights. */
    RandomNetwork(NetworkDefinition definition, Path folder) throws IOException {
        this(definition, folder, name -> false);
    }

    /** Makes the weights of a network of which some values stay in FP32, by name. */
    RandomNetwork(NetworkDefinition definition, Path folder, Predicate<String> fp32) throws IOException {
        ZooCompilation compiled = ZooCompilation.withoutKernels(definition);
        Plan plan = compiled.compilation().plan();
        this.definition = definition;
        this.folder = folder;
        this.fp32 = fp32;
        this.safetensors = folder.resolve("random.safetensors");
        this.size = plan.inputs().get(0).shape().height();
        WeightsOutput.write(RandomWeights.of(compiled, SEED), safetensors);
    }

    /** Builds for a target and a largest batch in a folder of its own; weights and table are the same for all. */
    ZooBuild build(Target target, int maxBatch) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(target.text() + "-" + maxBatch));
        ZooBuild build = new ZooBuild(classes, ZooCompilation.of(definition, List.of(target), maxBatch, fp32));
        build.quantizeWeights(safetensors);
        if (table == null) {
            table = build.calibrate(
                    safetensors, IntStream.range(0, EXAMPLES).mapToObj(i -> SyntheticImages.image(size, 1000 + i)));
        }
        build.add(table);
        return build;
    }

    /** Images other than those of the calibration. */
    ByteBuffer images(int count) {
        return SyntheticImages.images(count, size, 7);
    }
}
