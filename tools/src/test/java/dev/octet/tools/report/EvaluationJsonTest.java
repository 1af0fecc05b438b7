package dev.octet.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.tools.EvaluationResult;
import dev.octet.tools.accuracy.LayerReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an evaluation writes as JSON is JSON, which a report reads. */
class EvaluationJsonTest {
    private static EvaluationResult result(double snr, double imagesPerSecond) {
        LayerReport.Row layer =
                new LayerReport.Row("conv.relu", Optional.of("conv"), "Conv2d", false, Optional.empty(), snr, snr, snr);
        return new EvaluationResult(
                "com.acme.Sample",
                3,
                new EvaluationResult.Row("cpu", Optional.of(.5), Optional.empty(), 1, 100),
                new EvaluationResult.Row("cpu", Optional.of(.25), Optional.empty(), .75, imagesPerSecond),
                Optional.empty(),
                Optional.of(new LayerReport("com.acme.Sample", 3, List.of(layer))),
                "");
    }

    @Test
    void numbersAreNumbers() {
        String json = result(31.5, 1021).json();
        EvaluationFile file = EvaluationFile.parse(json, "evaluation.json");
        assertThat(file.noise()).containsEntry("conv.relu", new EvaluationFile.Noise(31.5, 31.5));
        assertThat(file.rows().get("INT8").imagesPerSecond()).isEqualTo(1021);
        assertThat(json).contains("\"top1\": 0.250000, \"agreement\": 0.750000, \"imagesPerSecond\": 1021.0}");
    }

    @Test
    void whatIsNotFiniteIsNull() {
        String json = result(Double.NaN, Double.POSITIVE_INFINITY).json();
        assertThat(json).contains("\"snr\": null, \"cosine\": null, \"biasShare\": null", "\"imagesPerSecond\": null");
        EvaluationFile file = EvaluationFile.parse(json, "evaluation.json");
        assertThat(file.noise().get("conv.relu").isKnown()).isFalse();
        assertThat(file.rows().get("INT8").imagesPerSecond()).isNaN();
    }
}
