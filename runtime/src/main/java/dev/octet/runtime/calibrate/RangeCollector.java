package dev.octet.runtime.calibrate;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.runtime.device.ValueStatistics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * One histogram per traced value: {@link Histogram#BYTES} for each, and room for the largest value of one run, whatever
 * the number of images. The quantised type of a value decides how many steps its range has: 255 where the quantised graph
 * has it as an unsigned integer, else 127, also where no integer tensor has that range.
 */
public final class RangeCollector {
    private final Map<String, ElementType> types = new HashMap<>();
    /** The nodes that have ranges. */
    private final List<Node> nodes;

    private final JoinedRanges joined;
    private final SortedMap<String, Histogram> histograms = new TreeMap<>();
    private float[] floats = {};

    /** Collects the values of a plan's float graph. */
    public RangeCollector(Plan plan) {
        nodes = plan.fp32().nodes().stream().filter(node -> !node.isHosts()).toList();
        joined = new JoinedRanges(plan);
        for (Node node : plan.int8().nodes()) {
            node.type()
                    .scale()
                    .ifPresent(key -> types.put(node.name(), node.type().element()));
        }
        for (Node node : plan.int8().nodes()) {
            node.type()
                    .scale()
                    .ifPresent(key -> types.putIfAbsent(key, node.type().element()));
        }
    }

    /**
     * Counts every value of a run.
     *
     * @param values finds the elements of a value of the float graph by its id
     * @return name of the first value with an element that is not finite; empty if all are
     */
    public Optional<String> addAll(IntFunction<byte[]> values) {
        return nodes.stream()
                .filter(node -> !add(node.name(), values.apply(node.id())))
                .map(Node::name)
                .findFirst();
    }

    /**
     * Counts every value of a run where it lies.
     *
     * @param statistics counts on the device
     * @param holders id of the value on the device for every id of the float graph
     * @return as the other one
     */
    public Optional<String> addAll(ValueStatistics statistics, Map<Integer, Integer> holders) {
        List<Integer> ids = nodes.stream().map(node -> holders.get(node.id())).toList();
        int[] largest = statistics.largest(ids);
        float[] factors = new float[largest.length];
        for (int i = 0; i < largest.length; i++) {
            float magnitude = Float.intBitsToFloat(largest[i]);
            if (!Float.isFinite(magnitude)) {
                return Optional.of(nodes.get(i).name());
            }
            factors[i] = histogram(nodes.get(i).name()).cover(magnitude);
        }
        List<int[]> counters = statistics.histograms(ids, factors);
        for (int i = 0; i < largest.length; i++) {
            histogram(nodes.get(i).name()).add(counters.get(i));
        }
        return Optional.empty();
    }

    private Histogram histogram(String value) {
        return histograms.computeIfAbsent(value, name -> new Histogram());
    }

    /**
     * Counts elements of a value.
     *
     * @param value name
     * @param elements floats, little-endian
     * @return whether all of them were finite
     */
    public boolean add(String value, byte[] elements) {
        FloatBuffer buffer =
                ByteBuffer.wrap(elements).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        int count = buffer.remaining();
        if (floats.length < count) {
            floats = new float[count];
        }
        buffer.get(floats, 0, count);
        return histogram(value).add(floats, 0, count);
    }

    /**
     * The range of every value so far: its own, or, where only operators that share its scale use it, such as poolings and
     * concatenations, the largest of theirs.
     */
    public SortedMap<String, Float> ranges(RangeRule rule) {
        return ranges(value -> rule);
    }

    /**
     * The range of every value so far, like {@link #ranges(RangeRule)}.
     *
     * @param rules finds the rule of a value
     */
    public SortedMap<String, Float> ranges(Function<String, RangeRule> rules) {
        SortedMap<String, Float> own = new ConcurrentSkipListMap<>();
        // Each is a function of one histogram alone, so the order of the threads does not show.
        List<String> values = new ArrayList<>(histograms.keySet());
        values.parallelStream()
                .forEach(value -> own.put(value, rules.apply(value).range(histograms.get(value), steps(value))));
        return joined.propagate(own);
    }

    /** Positive steps that the quantised type of a value has. */
    public int steps(String value) {
        return types.getOrDefault(value, ElementType.S8).max();
    }

    /** The histogram of every value so far, by name. */
    public SortedMap<String, Histogram> histograms() {
        return Collections.unmodifiableSortedMap(histograms);
    }
}
