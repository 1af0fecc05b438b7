package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.Step;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.weights.PackedWeights;
import dev.octet.runtime.device.NetworkImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Packed weights and constants of a network: segments of one allocation, each used by any number of steps. */
final class Segments {
    private final Map<Argument, byte[]> contents = new LinkedHashMap<>();
    private final Map<Argument, Long> addresses = new LinkedHashMap<>();
    private final Map<Argument.Constants, Integer> constantBytes = new LinkedHashMap<>();
    private final NetworkImage image;
    private final Map<Integer, Node> nodes;

    private Segments(NetworkImage image) {
        this.image = image;
        this.nodes = image.plan().int8().byId();
    }

    /** Packs what the steps read. Throws {@link OctetException} if something of it is missing. */
    static Segments pack(NetworkImage image, List<Step> steps) {
        Segments segments = new Segments(image);
        for (Step step : steps) {
            for (Argument argument : step.arguments()) {
                if (argument instanceof Argument.Weights weights) {
                    segments.contents.computeIfAbsent(argument, a -> segments.weights(weights));
                } else if (argument instanceof Argument.Constants constants) {
                    segments.contents.computeIfAbsent(argument, a -> segments.constants(constants));
                }
            }
        }
        return segments;
    }

    private byte[] weights(Argument.Weights weights) {
        Node node = node(weights.op());
        String name = node.layer().orElseThrow(() -> inconsistent("%" + weights.op() + " has weights but is no layer"));
        boolean groups = node.op() instanceof Op.Conv2d conv && conv.groups() > 1 && !node.fp32();
        ChannelMap input = groups
                ? PackedWeights.group(found(image.layers(), name))
                : node(node.input()).type().storage().orElseThrow();
        try {
            return node.fp32()
                    ? PackedWeights.pack(found(image.floats(), name), input, weights.pack())
                    : PackedWeights.pack(found(image.layers(), name), input, weights.pack());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw inconsistent("the weights of layer " + name + " do not fit the plan (" + e.getMessage() + ")");
        }
    }

    private <T> T found(Map<String, T> layers, String name) {
        return Optional.ofNullable(layers.get(name))
                .orElseThrow(() -> inconsistent("layer " + name + " has no weights"));
    }

    private byte[] constants(Argument.Constants argument) {
        Constants constants = image.constants().get(argument.op());
        if (constants == null) {
            throw inconsistent(node(argument.op()).name() + " has no constants");
        }
        byte[] segment = constants.segment();
        constantBytes.put(argument, segment.length);
        return segment;
    }

    /** Size of each segment of constants. */
    Map<Argument.Constants, Integer> constantBytes() {
        return Collections.unmodifiableMap(constantBytes);
    }

    private Node node(int id) {
        return Optional.ofNullable(nodes.get(id)).orElseThrow(() -> inconsistent("the plan has no value %" + id));
    }

    private OctetException inconsistent(String why) {
        Plan plan = image.plan();
        return new OctetException(CudaCode.INCONSISTENT, plan.network(), why);
    }

    /** Copies everything to the device and drops the host's copies. */
    void upload(Context.Current current, DeviceResources resources) {
        long bytes = contents.values().stream()
                .mapToLong(segment -> aligned(segment.length))
                .sum();
        long start = resources.memory(current, "the weights of " + image.plan().network(), bytes);
        long address = start;
        for (Map.Entry<Argument, byte[]> segment : contents.entrySet()) {
            current.upload(address, segment.getValue());
            addresses.put(segment.getKey(), address);
            address += aligned(segment.getValue().length);
        }
        if (!contents.isEmpty()) {
            current.protect(start);
        }
        contents.clear();
    }

    /** The next multiple of {@link Buffer#ALIGNMENT}. */
    static long aligned(long bytes) {
        return (bytes + Buffer.ALIGNMENT - 1) / Buffer.ALIGNMENT * Buffer.ALIGNMENT;
    }

    /** Device address of a segment. */
    long address(Argument argument) {
        return addresses.get(argument);
    }
}
