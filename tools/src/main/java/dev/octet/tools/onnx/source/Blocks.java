package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.Names;
import dev.octet.tools.onnx.graph.Network;
import dev.octet.tools.onnx.graph.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the blocks of a network: parts that branch and come together again, and layers whose names say that they belong
 * together.
 */
final class Blocks {
    private static final int LARGEST = 80;

    private final Keys keys;
    private final List<Value> values;
    private final Map<Value, Integer> places = new IdentityHashMap<>();
    /** The last place where a value is used; beyond the end for outputs. */
    private final int[] lastUse;

    private Blocks(Network network, Names names, List<Value> values) {
        this.keys = new Keys(names, values);
        this.values = values;
        this.lastUse = new int[values.size()];
        for (int i = 0; i < values.size(); i++) {
            places.put(values.get(i), i);
            for (Value operand : values.get(i).operands()) {
                lastUse[places.get(operand)] = i;
            }
        }
        network.outputs().values().forEach(output -> lastUse[places.get(output)] = values.size());
    }

    /** Blocks by the place where they begin, without overlaps; {@code values} has each value after its operands. */
    static Map<Integer, Block> find(Network network, Names names, List<Value> values) {
        Blocks blocks = new Blocks(network, names, values);
        List<Range> runs = blocks.runs();
        List<Range> parts = blocks.branches();
        Map<Integer, Block> found = new TreeMap<>();
        for (Range part : parts) {
            if (runs.stream().noneMatch(run -> run.holds(part) && !part.holds(run))) {
                found.put(part.from, part.block);
            }
        }
        for (Range run : runs) {
            boolean free = parts.stream().noneMatch(part -> part.meets(run) && !(run.holds(part) && !part.holds(run)));
            if (free) {
                found.put(run.from, run.block);
            }
        }
        return found;
    }

    /** Places from the first to the last value of a block. */
    private record Range(int from, int to, Block block) {
        boolean holds(Range other) {
            return from <= other.from && to >= other.to;
        }

        boolean meets(Range other) {
            return from <= other.to && to >= other.from;
        }
    }

    /** Parts between places where only one value is still to be used. */
    private List<Range> branches() {
        List<Range> found = new ArrayList<>();
        int start = 0;
        int reach = 0;
        for (int i = 0; i < values.size(); i++) {
            if (reach <= i) {
                if (i > start && i - start < LARGEST && keys.areOne(layers(start, i))) {
                    longest(start, i).ifPresent(found::add);
                }
                start = i + 1;
            }
            reach = Math.max(reach, lastUse[i]);
        }
        return found;
    }

    /** The longest block that begins there, and ends where activations and the like continue the other place, or before. */
    private Optional<Range> longest(int from, int to) {
        for (int last = extended(from, to); last > from; last--) {
            Optional<Block> block = block(from, last);
            if (block.isPresent()) {
                return Optional.of(new Range(from, last, block.get()));
            }
        }
        return Optional.empty();
    }

    private List<Value> layers(int from, int to) {
        return values.subList(from, to + 1).stream()
                .filter(value -> value.call() instanceof Call.Layer)
                .toList();
    }

    /** Runs of layers of one key, with what else continues them. */
    private List<Range> runs() {
        List<Range> found = new ArrayList<>();
        int i = 0;
        while (i < values.size()) {
            Optional<String> key = key(i);
            int end = i;
            if (key.isPresent()) {
                end = lastOf(key.get(), i);
                Optional<Range> range =
                        longest(i, end).filter(all -> all.block.layers().size() > 1);
                range.ifPresent(found::add);
                end = range.map(Range::to).orElse(end);
            }
            i = end + 1;
        }
        return found;
    }

    /** The place of the last layer of the key before one of another. */
    private int lastOf(String key, int from) {
        int last = from;
        for (int i = from + 1; i < values.size(); i++) {
            if (values.get(i).call() instanceof Call.Layer) {
                if (!keys.holds(key, values.get(i))) {
                    return last;
                }
                last = i;
            } else if (values.get(i).call() instanceof Call.Input) {
                return last;
            }
        }
        return last;
    }

    private Optional<String> key(int place) {
        Value value = values.get(place);
        return value.call() instanceof Call.Layer ? keys.of(value) : Optional.empty();
    }

    /** The place up to which activations, sums and the like continue a part, and use nothing else. */
    private int extended(int from, int to) {
        int end = to;
        while (end + 1 < values.size()) {
            Value next = values.get(end + 1);
            boolean glue =
                    next.call() instanceof Call.Unary unary && unary.function().isActivation()
                            || next.call() instanceof Call.Add
                            || next.call() instanceof Call.Concat
                            || next.call() instanceof Call.Gate;
            boolean continues = next.operands().stream().anyMatch(used -> places.get(used) >= from);
            if (!glue || !continues) {
                return end;
            }
            end++;
        }
        return end;
    }

    /** The values of these places as a block, if they are one. */
    private Optional<Block> block(int from, int to) {
        Value operand = null;
        for (int i = from; i <= to; i++) {
            if (values.get(i).call() instanceof Call.Input || i < to && lastUse[i] > to) {
                return Optional.empty();
            }
            for (Value used : values.get(i).operands()) {
                boolean outside = places.get(used) < from;
                if (outside && operand != null && operand != used) {
                    return Optional.empty();
                }
                operand = outside ? used : operand;
            }
        }
        return Optional.ofNullable(operand).map(x -> new Block(x, values.subList(from, to + 1)));
    }
}
