package dev.octet.runtime.calibrate;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One histogram per traced value. The quantised type of a value decides how many steps its range has: 255 where the
 * quantised graph has it as an unsigned integer, else 127, also where no integer tensor has that range.
 */
public final class RangeCollector {
    private final Map<String, ElementType> types = new HashMap<>();
    private final SortedMap<String, Histogram> histograms = new TreeMap<>();
    private float[] floats = {};

    /** Collects the values of a plan's float graph. */
    public RangeCollector(Plan plan) {
        for (Node node : plan.int8().nodes()) {
            node.type().scale().ifPresent(key -> types.put(key, node.type().element()));
        }
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
        return histograms.computeIfAbsent(value, name -> new Histogram()).add(floats, 0, count);
    }

    /** The range of every value so far. */
    public SortedMap<String, Float> ranges(RangeRule rule) {
        SortedMap<String, Float> ranges = new TreeMap<>();
        histograms.forEach((value, histogram) -> {
            int steps = types.getOrDefault(value, ElementType.S8).max();
            ranges.put(value, rule.range(histogram, steps));
        });
        return ranges;
    }
}
