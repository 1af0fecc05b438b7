package dev.octet.plan.correct;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the exponents of one layer's channels so that the layers that read them lose least. Two errors are weighed, as
 * shares of the power of each output channel o that reads the channels c, with rounding errors that are spread evenly over a
 * step (variance step^2 / 12) and have nothing to do with each other:
 *
 * <pre>
 * activations  step^2 * sum over c of nonZero[c] * sum(w[o, c]^2) / 4^e[c]      step   = range / steps of the type
 * weights      step[o]^2 * sum over c of variance[c] * taps * 4^e[c]            step[o] = max(|w[o, c]| / 2^e[c]) / 127
 * </pre>
 *
 * What errors of weights shift on average counts for nothing: {@link BiasCorrection} takes it away. One exponent after the
 * other takes a step up or down as long as the sum falls; this is repeated for ranges of the tensor that halve.
 */
final class Balance {
    private static final int SWEEPS = 8;
    private static final int HALVINGS = 12;
    private static final double WEIGHT_STEPS = 127;

    private final ChannelStatistics statistics;
    private final List<Row> rows;
    private final List<List<Row>> readers = new ArrayList<>();
    private final double steps;

    /**
     * A layer's channels.
     *
     * @param statistics of the channels
     * @param rows what reads them
     * @param steps positive steps of their type: 127 or 255
     */
    Balance(ChannelStatistics statistics, List<Row> rows, int steps) {
        this.statistics = statistics;
        this.rows = rows;
        this.steps = steps;
        for (int c = 0; c < statistics.largest().length; c++) {
            readers.add(new ArrayList<>());
        }
        for (Row row : rows) {
            for (int c : row.channels()) {
                readers.get(c).add(row);
            }
        }
    }

    /**
     * The best exponents.
     *
     * @param range the largest magnitude that the tensor may have
     * @param mayShrink whether the range may be made smaller, and channels too
     * @param limit above which no channel may be raised
     */
    int[] exponents(double range, boolean mayShrink, double limit) {
        int[] best = new int[readers.size()];
        double least = error(best, range);
        for (int halving = 0; halving <= (mayShrink ? HALVINGS : 0); halving++) {
            double target = Math.scalb(range, -halving);
            int[] found = descend(Math.min(target, limit), target, mayShrink);
            double error = error(found, target);
            // A gain in the last digits is none.
            if (error < least * (1 - 1e-6)) {
                least = error;
                best = found;
            }
        }
        return best;
    }

    private int[] descend(double most, double range, boolean mayShrink) {
        int[] exponents = new int[readers.size()];
        int[] highest = new int[exponents.length];
        for (int c = 0; c < exponents.length; c++) {
            double largest = statistics.largest()[c];
            highest[c] = largest > 0 && !readers.get(c).isEmpty()
                    ? Math.max(-ChannelFactors.MOST, Math.min(ChannelFactors.MOST, Math.getExponent(most / largest)))
                    : 0;
            exponents[c] = Math.min(0, highest[c]);
        }
        boolean changed = true;
        for (int sweep = 0; changed && sweep < SWEEPS; sweep++) {
            changed = false;
            for (int c = 0; c < exponents.length; c++) {
                changed |= step(c, exponents, range, mayShrink ? -ChannelFactors.MOST : 0, highest[c]);
            }
        }
        return exponents;
    }

    /** Moves one exponent as far as the error falls; whether it did. */
    private boolean step(int c, int[] exponents, double range, int lowest, int highest) {
        if (statistics.largest()[c] == 0 || readers.get(c).isEmpty()) {
            return false;
        }
        int before = exponents[c];
        double least = error(readers.get(c), exponents, range);
        for (int direction : new int[] {1, -1}) {
            while (exponents[c] + direction >= lowest && exponents[c] + direction <= highest) {
                exponents[c] += direction;
                double error = error(readers.get(c), exponents, range);
                if (!(error < least)) {
                    exponents[c] -= direction;
                    break;
                }
                least = error;
            }
        }
        return exponents[c] != before;
    }

    private double error(int[] exponents, double range) {
        return error(rows, exponents, range);
    }

    private double error(List<Row> some, int[] exponents, double range) {
        double step = range / steps;
        double sum = 0;
        for (Row row : some) {
            double weightStep = row.range(exponents) / WEIGHT_STEPS;
            double activations = 0;
            double weights = 0;
            for (int i = 0; i < row.channels().length; i++) {
                int c = row.channels()[i];
                activations += Math.scalb(statistics.nonZero()[c] * row.squares()[i], -2 * exponents[c]);
                weights += Math.scalb(statistics.variance()[c] * row.taps(), 2 * exponents[c]);
            }
            sum += (step * step * activations + weightStep * weightStep * weights) / row.power();
        }
        return sum;
    }
}
