package dev.octet.tools.accuracy;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.SourceLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What INT8 does to every value of a network, measured against FP32 on the same images: errors of a layer and of all before it.
 *
 * @param network binary name of the definition
 * @param images number of images
 * @param rows values in the order in which they are made
 */
public record LayerReport(String network, int images, List<Row> rows) {
    private static final String HEADER = "value,layer,operator,arithmetic,line,snr_db,cosine,bias_share";
    private static final String ROW = "%-36s %-14s %-5s %8s %9s %7s  %s%n";

    public LayerReport {
        Objects.requireNonNull(network);
        rows = List.copyOf(rows);
    }

    /**
     * A value.
     *
     * @param value its name
     * @param layer name of the layer that makes it; empty if it has no weights
     * @param operator kind of operator
     * @param fp32 whether it is computed in FP32
     * @param line of the definition; empty if unknown
     * @param snr signal to noise ratio in dB, {@code 10 log10(sum x^2 / sum (x' - x)^2)}; 200 where there is no noise
     * @param cosine cosine of the angle between INT8 and FP32, over all elements of all images
     * @param biasShare share of the noise's power that is a constant of its channel, from 0 to 1: what bias correction can take
     *     away
     */
    public record Row(
            String value,
            Optional<String> layer,
            String operator,
            boolean fp32,
            Optional<SourceLine> line,
            double snr,
            double cosine,
            double biasShare) {}

    /**
     * Makes the report.
     *
     * @param errors sums over the images
     * @param lines of the definition, by name of the value
     */
    static LayerReport of(String network, int images, LayerErrors errors, Map<String, SourceLine> lines) {
        List<Row> rows = new ArrayList<>();
        errors.forEach((node, sums) -> rows.add(row(node, sums, lines)));
        return new LayerReport(network, images, rows);
    }

    private static Row row(Node node, ErrorSums sums, Map<String, SourceLine> lines) {
        String traced = node.type().scale().filter(lines::containsKey).orElse(node.name());
        SourceLine line = lines.getOrDefault(node.name(), lines.get(traced));
        return new Row(
                node.name(),
                node.layer(),
                node.op().getClass().getSimpleName(),
                node.fp32(),
                Optional.ofNullable(line),
                sums.snr(),
                sums.cosine(),
                sums.biasShare());
    }

    /** For people: a line for each value. */
    public String text() {
        StringBuilder out = new StringBuilder(
                String.format(Locale.ROOT, ROW, "value", "operator", "in", "SNR dB", "cosine", "bias %", "line"));
        for (Row row : rows) {
            out.append(String.format(
                    Locale.ROOT,
                    ROW,
                    row.value,
                    row.operator,
                    arithmetic(row),
                    String.format(Locale.ROOT, "%.2f", row.snr),
                    String.format(Locale.ROOT, "%.6f", row.cosine),
                    String.format(Locale.ROOT, "%.1f", 100 * row.biasShare),
                    row.line.map(SourceLine::toString).orElse("-")));
        }
        return out.toString();
    }

    /** For programs: comma-separated values with a heading; names need no quotes. */
    public String csv() {
        StringBuilder out = new StringBuilder(HEADER).append('\n');
        for (Row row : rows) {
            out.append(String.join(
                            ",",
                            row.value,
                            row.layer.orElse(""),
                            row.operator,
                            arithmetic(row),
                            row.line.map(SourceLine::toString).orElse(""),
                            String.format(Locale.ROOT, "%.4f", row.snr),
                            String.format(Locale.ROOT, "%.8f", row.cosine),
                            String.format(Locale.ROOT, "%.6f", row.biasShare)))
                    .append('\n');
        }
        return out.toString();
    }

    private static String arithmetic(Row row) {
        return row.fp32 ? "fp32" : "int8";
    }
}
