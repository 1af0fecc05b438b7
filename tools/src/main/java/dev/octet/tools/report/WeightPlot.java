package dev.octet.tools.report;

import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.tools.report.html.Html;
import java.util.Optional;

/**
 * Draws the smallest and largest weight of every output channel; where there are many, of neighbouring channels together.
 *
 * @param low smallest weight of each column
 * @param high largest weight of each column
 * @param channels number of channels
 */
record WeightPlot(float[] low, float[] high, int channels) {
    private static final int COLUMNS = 192;
    private static final int WIDTH = 384;
    private static final int HEIGHT = 96;

    /** The plot of a layer; empty if the weights do not have it. */
    static Optional<WeightPlot> of(WeightsFile weights, String name) {
        QuantizedLayer layer = weights.layers().get(name);
        if (layer != null) {
            return Optional.of(of(
                    layer.out(),
                    layer.weights().length / layer.out(),
                    (channel, i) -> layer.weights()[i] * layer.scale()[channel]));
        }
        FloatLayer floats = weights.floats().get(name);
        return Optional.ofNullable(floats)
                .map(f -> of(f.out(), f.weights().length / f.out(), (channel, i) -> f.weights()[i]));
    }

    /** A weight by its channel and its place among all weights. */
    private interface Weights {
        float at(int channel, int place);
    }

    private static WeightPlot of(int channels, int each, Weights weights) {
        int columns = Math.min(channels, COLUMNS);
        float[] low = new float[columns];
        float[] high = new float[columns];
        for (int channel = 0; channel < channels; channel++) {
            int column = (int) ((long) channel * columns / channels);
            for (int i = channel * each; i < (channel + 1) * each; i++) {
                float weight = weights.at(channel, i);
                low[column] = Math.min(low[column], weight);
                high[column] = Math.max(high[column], weight);
            }
        }
        return new WeightPlot(low, high, channels);
    }

    private static float extreme(float[] values, boolean largest) {
        float extreme = 0;
        for (float value : values) {
            extreme = largest ? Math.max(extreme, value) : Math.min(extreme, value);
        }
        return extreme;
    }

    void write(Html html) {
        float min = extreme(low, false);
        float max = extreme(high, true);
        double span = Math.max(max - min, Float.MIN_NORMAL);
        StringBuilder path = new StringBuilder();
        double step = (double) WIDTH / low.length;
        for (int i = 0; i < low.length; i++) {
            double x = (i + 0.5) * step;
            path.append('M').append(Figures.at(x)).append(' ').append(Figures.at((max - high[i]) / span * HEIGHT));
            path.append('V').append(Figures.at((max - low[i]) / span * HEIGHT));
        }
        html.open("figure", "class", "plot");
        html.leaf("figcaption", "Weights of each output channel");
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                "Weights from " + Figures.real(min) + " to " + Figures.real(max) + " in " + channels + " channels");
        html.empty(
                "path", "class", "range", "d", path.toString(), "stroke-width", Figures.at(Math.max(0.5, step * 0.7)));
        String zero = Figures.at(max / span * HEIGHT);
        html.empty("path", "class", "zero", "d", "M0 " + zero + "H" + WIDTH);
        html.close();
        html.open("p", "class", "axis");
        html.leaf("span", "channel 0");
        html.leaf("span", Figures.real(min) + " to " + Figures.real(max));
        html.leaf("span", String.valueOf(channels - 1));
        html.close().close();
    }
}
