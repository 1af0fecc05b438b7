package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.HistogramTable;
import dev.octet.plan.table.PrecisionTable;
import dev.octet.plan.table.ValueHistogram;
import dev.octet.plan.text.GraphText;
import dev.octet.runtime.calibrate.Histogram;
import dev.octet.runtime.calibrate.RangeCollector;
import dev.octet.runtime.calibrate.RangeRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What one pass over example images measured of a network's values. Tables by any number of rules follow from it without
 * another pass. Immutable.
 */
public final class MeasuredValues {
    private final Plan plan;
    private final String weightsHash;
    private final String device;
    private final int examples;
    private final RangeCollector collector;
    private final Predicate<String> layers;
    private final SortedSet<String> excluded;

    /**
     * What was measured.
     *
     * @param device name of the device that ran the float graph
     * @param layers accepts the names of the values that rules are for
     * @param excluded names of what is to stay in FP32
     */
    MeasuredValues(
            Plan plan,
            String weightsHash,
            String device,
            int examples,
            RangeCollector collector,
            Predicate<String> layers,
            SortedSet<String> excluded) {
        this.plan = plan;
        this.weightsHash = weightsHash;
        this.device = device;
        this.examples = examples;
        this.collector = collector;
        this.layers = layers;
        this.excluded = excluded;
    }

    /** Name of the device that ran the images: of {@code best} the one that it was. */
    public String device() {
        return device;
    }

    /** Number of images that were run. */
    public int examples() {
        return examples;
    }

    /**
     * The calibration table by a rule. Where {@link Calibrator#layers} leaves values out, these have their largest
     * magnitude, and the table's algorithm says so: {@code entropy+naive}.
     */
    public CalibrationTable table(RangeRule rule) {
        return new CalibrationTable(plan.network(), graphHash(), weightsHash, name(rule), examples, ranges(rule));
    }

    private String graphHash() {
        return GraphText.topologyHash(plan.fp32());
    }

    private String name(RangeRule rule) {
        String others = RangeRule.naive().name();
        boolean mixed = !collector.histograms().keySet().stream().allMatch(layers);
        return mixed && !rule.name().equals(others) ? rule.name() + "+" + others : rule.name();
    }

    private SortedMap<String, Float> ranges(RangeRule rule) {
        return collector.ranges(value -> layers.test(value) ? rule : RangeRule.naive());
    }

    /**
     * The histograms, with the ranges that tables by these rules have.
     *
     * @param rules of different names, at least one
     */
    public HistogramTable histograms(List<RangeRule> rules) {
        List<SortedMap<String, Float>> ranges = rules.stream().map(this::ranges).toList();
        SortedMap<String, ValueHistogram> values = new TreeMap<>();
        collector.histograms().forEach((value, histogram) -> values.put(value, histogram(value, histogram, ranges)));
        List<String> names = rules.stream().map(this::name).toList();
        return new HistogramTable(plan.network(), graphHash(), weightsHash, examples, names, values);
    }

    private ValueHistogram histogram(String value, Histogram histogram, List<SortedMap<String, Float>> ranges) {
        return new ValueHistogram(
                collector.steps(value),
                ranges.stream().map(table -> table.get(value)).toList(),
                histogram.max(),
                (float) histogram.width(),
                Arrays.stream(histogram.counts()).boxed().toList(),
                Arrays.stream(histogram.negativeCounts()).boxed().toList());
    }

    /**
     * The precision file with the layers that {@link Calibrator#excluding} named, to be kept beside the table; it has its
     * effect when the network is compiled again.
     */
    public PrecisionTable precision() {
        return new PrecisionTable(plan.network(), Optional.of(graphHash()), excluded);
    }
}
