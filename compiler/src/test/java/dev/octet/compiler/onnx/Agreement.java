package dev.octet.compiler.onnx;

import java.util.function.IntToDoubleFunction;

/**
 * Counts where two ways to round the same numbers agree. A difference is an error unless it is one step, and the exact
 * number so close to half a step that the roundings before the last one decide.
 */
final class Agreement {
    /** Four roundings of binary32: more than either way has for a sum times a multiplier. */
    static final double FOUR_ROUNDINGS = 0x1p-22;

    private final String what;
    private long compared;
    private long differ;

    Agreement(String what) {
        this.what = what;
    }

    /**
     * Compares bytes.
     *
     * @param exact the number that is rounded, by element; asked for where the bytes differ
     * @param slack it is nearer to half a step than this, by element; 0 where nothing is rounded before, so that nothing may
     *     differ
     */
    void compare(int[] ours, int[] theirs, IntToDoubleFunction exact, IntToDoubleFunction slack) {
        if (ours.length != theirs.length) {
            throw new AssertionError(what + ": " + ours.length + " bytes and " + theirs.length);
        }
        for (int i = 0; i < ours.length; i++) {
            compared++;
            if (ours[i] != theirs[i]) {
                differ(i, ours[i], theirs[i], exact.applyAsDouble(i), slack.applyAsDouble(i));
            }
        }
    }

    private void differ(int index, int ours, int theirs, double exact, double slack) {
        double distance = Math.abs(exact - Math.floor(exact) - 0.5);
        if (Math.abs(ours - theirs) != 1 || distance >= slack) {
            throw new AssertionError(
                    "%s, element %d: the oracle has %d, expected was %d, for %s; half a step is %s away"
                            .formatted(what, index, ours, theirs, exact, distance));
        }
        differ++;
    }

    long compared() {
        return compared;
    }

    long differ() {
        return differ;
    }

    @Override
    public String toString() {
        return "%s: %d of %d bytes differ, by one step at half a step".formatted(what, differ, compared);
    }
}
