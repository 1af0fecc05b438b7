package dev.octet.runtime.cpu;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a graph share memory. A value gets a slot that no living value holds, the largest free one of its
 * kind; a session makes an array of each slot.
 */
final class Storage {
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Integer, Placement> placements = new LinkedHashMap<>();

    /** Memory that values hold one after another. */
    private static final class Slot {
        private final boolean bytes;
        private int imageElements;
        private boolean free;

        Slot(boolean bytes) {
            this.bytes = bytes;
        }
    }

    private record Placement(Slot slot, Layout layout, ElementType element) {}

    /**
     * Places the values of a graph. What a run starts with comes first, so that no value before an input's use lies on it.
     *
     * @param images names of the inputs that are raw images
     * @param keep whether every value keeps its memory to the end
     */
    Storage(Graph graph, Set<String> images, boolean keep) {
        for (Node input : graph.nodes(Op.Input.class)) {
            if (images.contains(input.name()) && !input.type().element().isInteger()) {
                placeRaw(input);
            } else {
                place(input);
            }
        }
        Map<Integer, Integer> lastUse = lastUse(graph);
        for (int at = 0; at < graph.nodes().size(); at++) {
            Node node = graph.nodes().get(at);
            if (!node.isHosts() && !placements.containsKey(node.id())) {
                place(node);
            }
            if (!keep) {
                release(graph, lastUse, at);
            }
        }
        for (Node output : graph.nodes(Op.Output.class)) {
            placements.put(output.id(), placements.get(graph.made(output).id()));
        }
    }

    /** Position of the node that uses a value last; of the end where the host does. */
    private static Map<Integer, Integer> lastUse(Graph graph) {
        Map<Integer, Integer> last = new HashMap<>();
        for (int at = 0; at < graph.nodes().size(); at++) {
            Node node = graph.nodes().get(at);
            last.putIfAbsent(node.id(), at);
            for (int input : node.inputs()) {
                last.merge(input, node.isHosts() ? Integer.MAX_VALUE : at, Math::max);
            }
        }
        return last;
    }

    private void release(Graph graph, Map<Integer, Integer> lastUse, int at) {
        placements.forEach((id, placement) -> {
            if (lastUse.getOrDefault(id, -1) == at) {
                placement.slot().free = true;
            }
        });
    }

    /** Id of the raw images behind an input of a float graph; its own are the numbers that they stand for. */
    static int raw(int input) {
        return ~input;
    }

    private void placeRaw(Node input) {
        Layout layout = Layout.pixels(
                input.type().shape(), ChannelMap.dense(input.type().shape().channels()));
        place(raw(input.id()), layout, ElementType.U8);
    }

    private void place(Node node) {
        place(node.id(), layout(node), node.type().element());
    }

    private void place(int id, Layout layout, ElementType element) {
        Slot slot = freeSlot(element.isInteger());
        slot.free = false;
        slot.imageElements = Math.max(slot.imageElements, layout.imageStride());
        placements.put(id, new Placement(slot, layout, element));
    }

    /** Values inside a quantised graph lie as the plan says, floats that leave it and those of a float graph in logical order. */
    private static Layout layout(Node node) {
        TensorType type = node.type();
        return node.isLogicalOrder()
                ? Layout.planes(type.shape())
                : Layout.pixels(type.shape(), type.storage().orElseThrow());
    }

    private Slot freeSlot(boolean bytes) {
        Slot best = null;
        for (Slot slot : slots) {
            if (slot.free && slot.bytes == bytes && (best == null || slot.imageElements > best.imageElements)) {
                best = slot;
            }
        }
        if (best == null) {
            best = new Slot(bytes);
            slots.add(best);
        }
        return best;
    }

    /** Bytes of memory for a batch. */
    long bytes(int batch) {
        long sum = 0;
        for (Slot slot : slots) {
            sum += (long) slot.imageElements * (slot.bytes ? 1 : Float.BYTES) * batch;
        }
        return sum;
    }

    /** Most elements in one slot, for a batch. */
    long largest(int batch) {
        return slots.stream()
                .mapToLong(s -> (long) s.imageElements * batch)
                .max()
                .orElse(0);
    }

    /** New tensors for a batch, by node id. */
    Map<Integer, Tensor> allocate(int batch) {
        Map<Slot, byte[]> bytes = new HashMap<>();
        Map<Slot, float[]> floats = new HashMap<>();
        for (Slot slot : slots) {
            int elements = Math.multiplyExact(slot.imageElements, batch);
            if (slot.bytes) {
                bytes.put(slot, new byte[elements]);
            } else {
                floats.put(slot, new float[elements]);
            }
        }
        Map<Integer, Tensor> tensors = new HashMap<>();
        placements.forEach((id, p) -> tensors.put(
                id,
                p.slot().bytes
                        ? new ByteTensor(p.layout(), bytes.get(p.slot()), p.element() == ElementType.S8)
                        : new FloatTensor(p.layout(), floats.get(p.slot()))));
        return tensors;
    }
}
