package dev.octet.tools.accuracy;

import dev.octet.plan.graph.SourceLine;
import dev.octet.tools.Images;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * How much each layer alone costs: every layer in turn is the only one in INT8, as in Wu et al., "Integer Quantization for Deep
 * Learning Inference" (2020), section 5, and the scores are compared with FP32. The other way, one layer alone in FP32, would hide
 * what is wrong with a tensor: it stays rounded as long as one of the layers that make or read it is in INT8, so that neither of
 * them alone in FP32 repairs anything.
 *
 * @param layers worst first; of layers that differ by less than {@link #TIE} the one that comes first in the network, for
 *     what a layer does to a tensor shows in those that read it too
 */
public record Sensitivity(List<Layer> layers) {
    /** Difference of SNR, in dB, that says nothing about which of two layers is worse. */
    public static final double TIE = 1;

    public Sensitivity {
        layers = List.copyOf(layers);
    }

    /**
     * A layer.
     *
     * @param layer its name
     * @param value the value that it makes
     * @param line of the definition; empty if unknown
     * @param snr mean over images of the scores' signal to noise ratio with this layer alone in INT8, in dB
     */
    public record Layer(String layer, String value, Optional<SourceLine> line, double snr) {}

    /** Measures all layers that the plan has in INT8. */
    static Sensitivity of(Mixed mixed, Images images, Scores exact, IntConsumer progress) {
        Map<String, SourceLine> lines = mixed.definition().lines();
        List<Layer> measured = new ArrayList<>();
        mixed.layers().forEach((layer, value) -> {
            double snr = mixed.alone(value, images).meanSnr(exact);
            Optional<SourceLine> line = Optional.ofNullable(lines.getOrDefault(layer, lines.get(value)));
            measured.add(new Layer(layer, value, line, snr));
            progress.accept(measured.size());
        });
        return new Sensitivity(ranked(measured));
    }

    /** Worst first; among those within {@link #TIE} of the worst that is left, the first. */
    static List<Layer> ranked(List<Layer> inOrder) {
        List<Layer> left = new ArrayList<>(inOrder);
        List<Layer> ranked = new ArrayList<>();
        while (!left.isEmpty()) {
            double worst = left.stream()
                    .min(Comparator.comparingDouble(Layer::snr))
                    .orElseThrow()
                    .snr();
            Layer next = left.stream()
                    .filter(layer -> layer.snr() < worst + TIE)
                    .findFirst()
                    .orElseThrow();
            ranked.add(next);
            left.remove(next);
        }
        return ranked;
    }

    /** For programs: comma-separated values with a heading, worst first. */
    public String csv() {
        StringBuilder out = new StringBuilder("rank,layer,value,line,snr_db\n");
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            out.append(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%s,%.4f\n",
                    i + 1,
                    layer.layer,
                    layer.value,
                    layer.line.map(SourceLine::toString).orElse(""),
                    layer.snr));
        }
        return out.toString();
    }
}
