package dev.octet.runtime.device;

import java.util.List;

/**
 * Counts what the values of a session's last run hold, where they lie, so that they need not be copied to the host. Values are
 * floats, named by their ids in the quantised graph; padding does not count.
 */
public interface ValueStatistics {
    /**
     * The largest magnitude of each value, as the bits of a float; not below those of infinity if an element is infinite or no
     * number.
     */
    int[] largest(List<Integer> values);

    /**
     * Histograms of magnitudes: for each value, how many of its elements x have {@code trunc(|x| * factor)} equal to each
     * bin, and then, behind all bins, how many of those are negative. Counts are unsigned.
     *
     * @param factors for each value a power of two; its product with the largest magnitude is less than
     *     {@link dev.octet.plan.launch.Statistic#BINS}
     */
    List<int[]> histograms(List<Integer> values, float[] factors);
}
