package dev.octet.runtime.image;

/**
 * Along one axis, which pixels of an image make each pixel of the scaled one, and with what weights: a triangle filter as wide
 * as a scaled pixel, at least as two pixels of the image, so that reduced images have no moire. Weights are integers of 22 bits
 * behind the point, so that every machine computes the same bytes.
 *
 * @param first first pixel, for each pixel of the result
 * @param weights weights from there on, for each pixel of the result
 */
record Taps(int[] first, int[][] weights) {
    /** Bits behind the point of a weight. */
    static final int BITS = 22;

    private static final double ONE = 1 << BITS;

    /**
     * Taps of a range of the scaled pixels.
     *
     * @param size pixels of the image
     * @param scaled pixels that all of it would become
     * @param from first wanted pixel of these
     * @param count number of wanted pixels
     */
    static Taps of(int size, long scaled, long from, int count) {
        double step = (double) size / scaled;
        double reach = Math.max(step, 1);
        int[] first = new int[count];
        int[][] weights = new int[count][];
        for (int i = 0; i < count; i++) {
            double centre = (from + i + 0.5) * step;
            first[i] = (int) Math.max(0, centre - reach + 0.5);
            int end = (int) Math.min(size, centre + reach + 0.5);
            weights[i] = weights(centre - 0.5, reach, first[i], end);
        }
        return new Taps(first, weights);
    }

    private static int[] weights(double centre, double reach, int first, int end) {
        double[] exact = new double[end - first];
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            exact[i] = Math.max(0, 1 - Math.abs(first + i - centre) / reach);
            sum += exact[i];
        }
        int[] weights = new int[exact.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (int) Math.floor(exact[i] / sum * ONE + 0.5);
        }
        return weights;
    }

    /** First pixel of the image that is needed at all. */
    int begin() {
        return first[0];
    }

    /** One behind the last that is needed. */
    int end() {
        int last = first.length - 1;
        return first[last] + weights[last].length;
    }
}
