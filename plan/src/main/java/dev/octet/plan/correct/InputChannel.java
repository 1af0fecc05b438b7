package dev.octet.plan.correct;

import dev.octet.plan.weights.FoldedLayer;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The weights of a layer for one of its input channels.
 *
 * @param layer the layer
 * @param firstRow first output channel that reads it
 * @param rows number of output channels that do: all, or those of its group
 * @param in number of the input channel in its group
 * @param made number of the channel where it is made
 */
record InputChannel(FoldedLayer layer, int firstRow, int rows, int in, int made) {
    /** The weights that read a channel of what a layer makes; empty if that channel does not arrive. */
    static Optional<InputChannel> of(Readers.Reader reader, int channel, SortedMap<String, FoldedLayer> layers) {
        FoldedLayer layer = reader.layer(layers);
        int input = reader.first() + channel;
        if (input < 0 || input >= reader.groups() * layer.in()) {
            return Optional.empty();
        }
        int rows = layer.out() / reader.groups();
        return Optional.of(new InputChannel(layer, input / layer.in() * rows, rows, input % layer.in(), channel));
    }

    /** Multiplies by a power of two. */
    void scale(int exponent) {
        double[] weights = layer.weights();
        for (int row = firstRow; row < firstRow + rows; row++) {
            for (int tap = 0; tap < layer.taps(); tap++) {
                int i = index(row, tap);
                weights[i] = Math.scalb(weights[i], exponent);
            }
        }
    }

    private int index(int row, int tap) {
        return (row * layer.taps() + tap) * layer.in() + in;
    }
}
