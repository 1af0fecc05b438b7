package dev.octet.tools;

import dev.octet.tools.accuracy.LayerReport;
import dev.octet.tools.accuracy.PairedInterval;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A network in INT8 compared with itself in FP32.
 *
 * @param network binary name of the definition
 * @param images number of images
 * @param floats in FP32
 * @param integers in INT8
 * @param difference how much more often INT8 is right, where classes are known, with its interval of 95 %
 * @param layers what INT8 does to every value; empty if that was not asked for
 * @param text a table for people
 */
public record EvaluationResult(
        String network,
        int images,
        Row floats,
        Row integers,
        Optional<PairedInterval> difference,
        Optional<LayerReport> layers,
        String text) {
    /**
     * One way of running the network.
     *
     * @param device where it ran
     * @param top1 share of images whose best class is right, from 0 to 1, where classes are known
     * @param top5 share of images whose right class is among the best five
     * @param agreement share of images for which FP32 says the same class
     * @param imagesPerSecond of the runs alone
     */
    public record Row(
            String device, Optional<Double> top1, Optional<Double> top5, double agreement, double imagesPerSecond) {}

    /** For programs: an object of JSON, shares from 0 to 1; a number that is not finite is null. */
    public String json() {
        StringBuilder out = new StringBuilder("{\n");
        out.append("  \"format\": \"octet-evaluation 1.0\",\n");
        out.append("  \"network\": ").append(JsonText.quoted(network)).append(",\n");
        out.append("  \"images\": ").append(images).append(",\n");
        out.append("  \"fp32\": ").append(json(floats)).append(",\n");
        out.append("  \"int8\": ").append(json(integers));
        difference.ifPresent(found -> out.append(",\n  \"difference\": {")
                .append(member("top1", "%.6f", found.difference()))
                .append(", ")
                .append(member("low", "%.6f", found.low()))
                .append(", ")
                .append(member("high", "%.6f", found.high()))
                .append('}'));
        layers.ifPresent(report -> out.append(",\n  \"layers\": [\n")
                .append(report.rows().stream().map(EvaluationResult::json).collect(Collectors.joining(",\n")))
                .append("\n  ]"));
        return out.append("\n}\n").toString();
    }

    private static String json(Row row) {
        String accuracy = row.top1
                        .map(share -> ", " + member("top1", "%.6f", share))
                        .orElse("")
                + row.top5.map(share -> ", " + member("top5", "%.6f", share)).orElse("");
        return "{\"device\": " + JsonText.quoted(row.device) + accuracy
                + ", " + member("agreement", "%.6f", row.agreement)
                + ", " + member("imagesPerSecond", "%.1f", row.imagesPerSecond) + "}";
    }

    private static String json(LayerReport.Row row) {
        return "    {\"value\": " + JsonText.quoted(row.value()) + ", \"operator\": " + JsonText.quoted(row.operator())
                + ", \"fp32\": " + row.fp32()
                + ", " + member("snr", "%.4f", row.snr())
                + ", " + member("cosine", "%.8f", row.cosine())
                + ", " + member("biasShare", "%.6f", row.biasShare()) + "}";
    }

    private static String member(String name, String format, double number) {
        return JsonText.quoted(name) + ": " + JsonText.number(format, number);
    }
}
