package dev.octet.tools.accuracy;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.ToolsCode;
import java.util.Locale;
import java.util.Objects;

/**
 * What INT8 may cost.
 *
 * @param kind what is bounded
 * @param value the bound, finite
 */
public record Bound(Kind kind, double value) {
    /** What can be bounded. */
    public enum Kind {
        /** Points of top-1 accuracy that INT8 may be below FP32; needs labels. */
        POINTS("points of top-1 below FP32"),
        /** Least mean signal to noise ratio of the scores, in dB. */
        SNR("dB of SNR");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    public Bound {
        Objects.requireNonNull(kind);
        if (!Double.isFinite(value) || kind == Kind.POINTS && value < 0) {
            throw new OctetException(
                    ToolsCode.BOUND,
                    value,
                    kind.text,
                    "it is no finite number, or below zero",
                    "Give a number such as 0.5 points or 25 dB.");
        }
    }

    /**
     * The number that is bounded.
     *
     * @param labels right classes; not looked at for {@link Kind#SNR}
     */
    double measure(Scores found, Scores exact, int[] labels) {
        return kind == Kind.POINTS ? 100 * (exact.top1(labels) - found.top1(labels)) : found.meanSnr(exact);
    }

    /** Whether a measured number is within the bound. */
    boolean holds(double measured) {
        // A difference of top-1 is a multiple of one image; its last bits are not.
        return kind == Kind.POINTS ? measured <= value + 1e-9 : measured >= value;
    }

    /** The bound, or a measured number, for people. */
    String text(double number) {
        return String.format(Locale.ROOT, "%.2f %s", number, kind.text);
    }

    @Override
    public String toString() {
        return text(value);
    }
}
