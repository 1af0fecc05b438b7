package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an INT8 network has to keep.
 *
 * @param minTop1 least share of images whose best class is right, in percent
 * @param minAgreement least share of images for which INT8 and FP32 say the same class, in percent
 * @param maxDrop most points of top-1 below FP32
 */
public record Thresholds(Optional<Double> minTop1, Optional<Double> minAgreement, Optional<Double> maxDrop) {
    private static final double PERCENT = 100;

    /** What a percentage may be off: 57 of 100 images are 57 %, not 56.99999999999999. */
    private static final double ROUNDING = 1e-9;

    private static final String LOST =
            "Look where accuracy is lost with 'octet layers', try octet:correct, other calibration"
                    + " images or modes, or octet:search";
    private static final String NEVER_THERE =
            "FP32 misses it too: check that the network's classes have the order of the folders'"
                    + " names, or give a file of classes (labels), and that its images come as @Image says";

    /** Refuses numbers that no share can be, by {@link ToolsCode#THRESHOLD}. */
    public Thresholds {
        requirePercent("top-1", minTop1);
        requirePercent("agreement", minAgreement);
        requirePercent("drop", maxDrop);
    }

    /** None. */
    public static Thresholds none() {
        return new Thresholds(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static void requirePercent(String what, Optional<Double> number) {
        number.filter(percent -> !(percent >= 0 && percent <= PERCENT)).ifPresent(percent -> {
            throw new OctetException(ToolsCode.THRESHOLD, what, percent);
        });
    }

    /** Whether classes have to be known. */
    public boolean needLabels() {
        return minTop1.isPresent() || maxDrop.isPresent();
    }

    /**
     * Compares a result with them.
     *
     * @throws OctetException {@link ToolsCode#MISSED}, which names all that were missed
     */
    public void check(EvaluationResult result) {
        List<String> missed = new ArrayList<>();
        EvaluationResult.Row integers = result.integers();
        integers.top1().ifPresent(top1 -> {
            double floats = PERCENT * result.floats().top1().orElseThrow();
            String low = "top-1 is %.2f %%, less than %s %% (FP32: %.2f %%)";
            minTop1.filter(least -> isLess(PERCENT * top1, least))
                    .ifPresent(least -> missed.add(text(low, PERCENT * top1, least, floats)));
            double drop = floats - PERCENT * top1;
            maxDrop.filter(most -> drop > most + ROUNDING)
                    .ifPresent(most -> missed.add(text("top-1 is %.2f points below FP32, more than %s", drop, most)));
        });
        double agreement = PERCENT * integers.agreement();
        minAgreement
                .filter(least -> isLess(agreement, least))
                .ifPresent(least -> missed.add(text("%.2f %% agree with FP32, less than %s %%", agreement, least)));
        if (!missed.isEmpty()) {
            throw new OctetException(
                    ToolsCode.MISSED,
                    result.network(),
                    integers.device(),
                    result.images(),
                    String.join("; ", missed),
                    isLow(result.floats()) ? NEVER_THERE : LOST);
        }
    }

    /** Whether floats miss the threshold of top-1 too. */
    private boolean isLow(EvaluationResult.Row floats) {
        return minTop1.isPresent() && isLess(PERCENT * floats.top1().orElseThrow(), minTop1.get());
    }

    private static boolean isLess(double percent, double least) {
        return percent < least - ROUNDING;
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
