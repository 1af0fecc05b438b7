package dev.octet.tools.report;

import dev.octet.tools.report.html.Html;
import java.util.Locale;

/** How much of an operator's result INT8 spoils. */
final class NoisePart implements LayerPart {
    /** More than this cannot be told from no noise at all. */
    private static final double FULL = 60;

    private final EvaluationFile evaluation;

    NoisePart(EvaluationFile evaluation) {
        this.evaluation = evaluation;
    }

    @Override
    public void write(Html html, Layer layer) {
        EvaluationFile.Noise noise = evaluation.noise().get(layer.node().name());
        if (noise == null) {
            return;
        }
        html.open("figure", "class", "noise");
        html.leaf("figcaption", "Signal to noise ratio of INT8, of 60 dB");
        html.open("div", "class", "track");
        double share = noise.isKnown() ? Math.max(0, Math.min(1, noise.snr() / FULL)) : 0;
        html.empty("span", "style", "width:" + Figures.at(100 * share) + "%").close();
        html.leaf("p", text(noise), "class", "axis").close();
    }

    /** In words. */
    static String text(EvaluationFile.Noise noise) {
        if (!noise.isKnown()) {
            return "no ratio: an element is not finite";
        }
        return String.format(Locale.ROOT, "%.1f dB, cosine %.5f", noise.snr(), noise.cosine());
    }
}
