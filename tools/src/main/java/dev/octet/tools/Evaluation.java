package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Precision;
import java.nio.file.Path;

/**
 * Compares a compiled network in INT8 with itself in FP32.
 *
 * @param network the network
 * @param weights its safetensors file
 * @param batch images in one run
 */
public record Evaluation(BuiltNetwork network, Path weights, int batch) {
    public Evaluation {
        if (batch < 1) {
            throw new OctetException(ToolsCode.COUNT, "images in a batch", batch);
        }
    }

    /**
     * Runs both over the same images, twice each; the second pass is timed, so that the JVM has compiled what it runs.
     *
     * @param images a file as {@link ImageSet} reads it
     * @param labels a file of one byte for each image
     * @param quantised how to open the INT8 network
     */
    public EvaluationTable run(Path images, Path labels, Options quantised) {
        Plan plan = network.plan();
        ImageSet set = ImageSet.read(images, Classifier.imageBytes(plan));
        ImageSet truth = ImageSet.read(labels, 1);
        if (truth.size() != set.size()) {
            throw new OctetException(ToolsCode.LABELS, set.size(), truth.size());
        }
        Options floats = Options.onDevice("cpu").precision(Precision.FP32).weights(weights);
        try (Network reference = Network.open(network.spec(), floats);
                Network integers = Network.open(network.spec(), quantised)) {
            Predictions expected = predict(reference, set);
            EvaluationTable table = new EvaluationTable(truth, expected);
            table.add("FP32", reference.device().name(), expected);
            table.add("INT8", integers.device().name(), predict(integers, set));
            return table;
        }
    }

    private Predictions predict(Network opened, ImageSet images) {
        int scores = opened.plan().outputs().get(0).shape().elements();
        int size = Math.min(batch, opened.maxBatch());
        Predictions.of(opened::runBatch, images, scores, size, done -> {});
        return Predictions.of(opened::runBatch, images, scores, size, done -> {});
    }
}
