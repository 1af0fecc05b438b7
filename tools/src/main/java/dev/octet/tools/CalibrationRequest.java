package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.images.Selection;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a network is to be calibrated, as users write it.
 *
 * @param rule how ranges are chosen
 * @param selection which images are used
 * @param device name of the device that runs the float network
 * @param layers accepts the names of the values that the rule is for; the others have their largest magnitude
 * @param excluded names of layers or values that are to stay in FP32
 * @param histograms whether the histograms are to be kept beside the table
 */
public record CalibrationRequest(
        RangeRule rule,
        Selection selection,
        String device,
        Predicate<String> layers,
        SortedSet<String> excluded,
        boolean histograms) {
    /** Mode that takes a parameter. */
    private static final String PERCENTILE = "percentile";

    public CalibrationRequest {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(selection);
        Objects.requireNonNull(device);
        Objects.requireNonNull(layers);
        excluded = new TreeSet<>(excluded);
    }

    /**
     * A request in words.
     *
     * @param mode name of a rule
     * @param percentile parameter of the mode {@code percentile}, as written
     * @param layers regular expression of whole names; empty for all
     * @throws OctetException {@link ToolsCode#ALGORITHM}, {@link ToolsCode#PERCENTILE} or {@link ToolsCode#LAYER_PATTERN}
     */
    public static CalibrationRequest of(
            String mode,
            Optional<String> percentile,
            Selection selection,
            String device,
            Optional<String> layers,
            Collection<String> excluded,
            boolean histograms) {
        RangeRule rule = percentile.map(percent -> percentile(mode, percent)).orElseGet(() -> Calibration.rule(mode));
        Predicate<String> wanted = layers.map(CalibrationRequest::pattern).orElse(name -> true);
        return new CalibrationRequest(rule, selection, device, wanted, new TreeSet<>(excluded), histograms);
    }

    private static RangeRule percentile(String mode, String percent) {
        if (!mode.equals(PERCENTILE)) {
            throw new OctetException(ToolsCode.PERCENTILE, percent, "the mode is " + mode);
        }
        return RangeRule.named(PERCENTILE + "-" + percent)
                .orElseThrow(() ->
                        new OctetException(ToolsCode.PERCENTILE, percent, "it is no number above 0 and at most 100"));
    }

    private static Predicate<String> pattern(String regex) {
        try {
            return Pattern.compile(regex).asMatchPredicate();
        } catch (PatternSyntaxException e) {
            throw new OctetException(e, ToolsCode.LAYER_PATTERN, regex, e.getDescription(), e.getIndex());
        }
    }
}
