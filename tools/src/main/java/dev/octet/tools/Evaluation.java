package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Precision;
import dev.octet.tools.accuracy.BuiltParts;
import dev.octet.tools.accuracy.LayerComparison;
import dev.octet.tools.accuracy.LayerReport;
import dev.octet.tools.accuracy.PairedInterval;
import dev.octet.tools.images.Dataset;
import dev.octet.tools.images.Selection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Compares a compiled network in INT8 with itself in FP32.
 *
 * @param network the network
 * @param sources folder of the build inputs, {@code src/main/octet}
 * @param batch images in one run
 * @param layerImages images that every value is compared on as well, from the first on; 0 for no such comparison
 */
public record Evaluation(BuiltNetwork network, Path sources, int batch, int layerImages) {
    private static final String FLOATS = "FP32";
    private static final String INTEGERS = "INT8";
    private static final int FIVE = 5;

    /** Images that run before those that are timed, so that the JVM has compiled what it runs. */
    private static final int WARM_UP = 256;

    public Evaluation {
        if (batch < 1) {
            throw new OctetException(ToolsCode.COUNT, "images in a batch", batch);
        }
        if (layerImages < 0) {
            throw new OctetException(ToolsCode.COUNT, "images for the layers", layerImages);
        }
    }

    /**
     * The images of a place with their classes, if they are known.
     *
     * @param place as {@link Dataset} knows them
     * @param classes file of classes; without one, folders may tell them
     * @param thresholds some of them need classes: {@link OctetException} {@link ToolsCode#NO_CLASSES} if there are none
     */
    public Dataset dataset(Path place, Optional<Path> classes, Selection selection, Thresholds thresholds) {
        Plan plan = network.plan();
        Classifier.requireOne(plan);
        Dataset data = Dataset.labelled(place, classes, plan, selection);
        if (data.labels().isEmpty() && thresholds.needLabels()) {
            throw new OctetException(ToolsCode.NO_CLASSES, place);
        }
        return data;
    }

    /**
     * Runs both over the same images.
     *
     * @param data images of {@link #dataset}
     * @param quantised how to open the INT8 network
     * @param progress gives who is told the number of images that a network has run, {@code "FP32"} or {@code "INT8"}
     */
    public EvaluationResult run(Dataset data, Options quantised, Function<String, IntConsumer> progress) {
        Options plain = Options.onDevice("cpu").precision(Precision.FP32).weights(WeightsSource.find(network, sources));
        try (Network reference = Network.open(network.spec(), plain);
                Network integers = Network.open(network.spec(), quantised)) {
            Predictions expected = predict(reference, data.images(), progress.apply(FLOATS));
            Predictions found = predict(integers, data.images(), progress.apply(INTEGERS));
            Optional<LayerReport> layers =
                    layerImages == 0 ? Optional.empty() : Optional.of(layers(data.images(), quantised.calibration()));
            return result(data, expected, found, integers.device().name(), layers);
        }
    }

    private Predictions predict(Network opened, Images images, IntConsumer progress) {
        int size = Math.min(batch, opened.maxBatch());
        Predictions.of(opened, images.part(0, Math.min(WARM_UP, images.size())), size, done -> {});
        return Predictions.of(opened, images, size, progress);
    }

    private EvaluationResult result(
            Dataset data, Predictions expected, Predictions found, String device, Optional<LayerReport> layers) {
        boolean five = network.plan().outputs().get(0).shape().elements() > FIVE;
        EvaluationTable table = new EvaluationTable(data.labels(), expected, five);
        table.add(FLOATS, "cpu", expected);
        table.add(INTEGERS, device, found);
        return new EvaluationResult(
                network.name(),
                expected.size(),
                row("cpu", data, expected, expected),
                row(device, data, found, expected),
                data.labels().map(right -> PairedInterval.of(found.right(right, 1), expected.right(right, 1))),
                layers,
                table.text());
    }

    private static EvaluationResult.Row row(String device, Dataset data, Predictions found, Predictions expected) {
        return new EvaluationResult.Row(
                device,
                data.labels().map(right -> found.top(right, 1)),
                data.labels().map(right -> found.top(right, FIVE)),
                found.agreement(expected),
                found.imagesPerSecond());
    }

    /** With the table that the INT8 network has run with. */
    private LayerReport layers(Images images, Optional<Path> table) {
        return new LayerComparison(
                        network.plan(), Map.of(), Runtime.getRuntime().availableProcessors())
                .run(
                        BuiltParts.of(network, sources, table),
                        images.part(0, Math.min(layerImages, images.size())),
                        done -> {});
    }
}
