package dev.octet.tools.accuracy;

/**
 * 95 % confidence interval of the difference between two proportions of the same images, by method 10 of R. G. Newcombe,
 * "Improved confidence intervals for the difference between binomial proportions based on paired data", Statistics in Medicine
 * 17, 1998: Wilson's intervals of both proportions, combined with the correlation of the pairs.
 *
 * @param difference share of the first minus share of the second, from -1 to 1
 * @param low lower end
 * @param high upper end
 */
public record PairedInterval(double difference, double low, double high) {
    /** The standard normal distribution's quantile at 97.5 %. */
    private static final double Z = 1.959963984540054;

    /**
     * The interval of how much more often the first is right.
     *
     * @param first whether the first is right, per image
     * @param second whether the second is, of the same images
     */
    public static PairedInterval of(boolean[] first, boolean[] second) {
        if (first.length != second.length || first.length == 0) {
            throw new IllegalArgumentException("pairs of " + first.length + " and " + second.length);
        }
        int both = 0;
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int i = 0; i < first.length; i++) {
            both += first[i] && second[i] ? 1 : 0;
            onlyFirst += first[i] && !second[i] ? 1 : 0;
            onlySecond += second[i] && !first[i] ? 1 : 0;
        }
        return of(both, onlyFirst, onlySecond, first.length - both - onlyFirst - onlySecond);
    }

    /** The interval from the counts of the four kinds of pairs. */
    static PairedInterval of(int both, int onlyFirst, int onlySecond, int neither) {
        double n = (double) both + onlyFirst + onlySecond + neither;
        double first = (both + onlyFirst) / n;
        double second = (both + onlySecond) / n;
        double[] wilsonFirst = wilson(first, n);
        double[] wilsonSecond = wilson(second, n);
        double correlation = correlation(both, onlyFirst, onlySecond, neither);
        double difference = (onlyFirst - onlySecond) / n;
        double down = combined(first - wilsonFirst[0], wilsonSecond[1] - second, correlation);
        double up = combined(wilsonFirst[1] - first, second - wilsonSecond[0], correlation);
        return new PairedInterval(difference, difference - down, difference + up);
    }

    private static double[] wilson(double p, double n) {
        double centre = p + Z * Z / (2 * n);
        double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        double scale = 1 + Z * Z / n;
        return new double[] {(centre - half) / scale, (centre + half) / scale};
    }

    /** With the continuity correction of the method: only a positive association is taken down, by half a pair. */
    private static double correlation(double both, double onlyFirst, double onlySecond, double neither) {
        double margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
        if (margins == 0) {
            return 0;
        }
        double association = both * neither - onlyFirst * onlySecond;
        double n = both + onlyFirst + onlySecond + neither;
        double corrected = association > 0 ? Math.max(association - n / 2, 0) : association;
        return corrected / Math.sqrt(margins);
    }

    private static double combined(double a, double b, double correlation) {
        return Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
    }
}
