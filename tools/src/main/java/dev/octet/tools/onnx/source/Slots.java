package dev.octet.tools.onnx.source;

import dev.octet.dsl.Kernel;
import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of a call that may differ between blocks of one form, in a fixed order, and the rest, which may not.
 *
 * @param form everything that must be equal
 * @param numbers the numbers
 */
record Slots(String form, List<Slot> numbers) {
    Slots {
        numbers = List.copyOf(numbers);
    }

    /** What a number means. */
    enum Role {
        CHANNELS,
        SIZE,
        STRIDE,
        PAD,
        COUNT
    }

    /** A number. */
    record Slot(Role role, int value) {}

    /** The numbers of a value's call. */
    static Slots of(Value value) {
        Call call = value.call();
        if (call instanceof Call.Conv conv) {
            return conv(value, conv);
        } else if (call instanceof Call.Dense dense) {
            String bias = dense.bias().isPresent() ? "dense" : "denseWithoutBias";
            return new Slots(bias, List.of(new Slot(Role.CHANNELS, dense.features())));
        } else if (call instanceof Call.Norm norm) {
            return new Slots("batchNorm " + norm.epsilon(), List.of());
        } else if (call instanceof Call.Slice slice) {
            return new Slots(
                    "slice", List.of(new Slot(Role.COUNT, slice.first()), new Slot(Role.COUNT, slice.count())));
        } else if (call instanceof Call.PadChannels pad) {
            return new Slots("pad", List.of(new Slot(Role.COUNT, pad.before()), new Slot(Role.COUNT, pad.after())));
        } else if (call instanceof Call.Subsample subsample) {
            return new Slots("subsample", List.of(new Slot(Role.STRIDE, subsample.stride())));
        }
        return new Slots(call.toString(), List.of());
    }

    private static Slots conv(Value value, Call.Conv conv) {
        Kernel kernel = conv.kernel();
        List<Slot> slots = new ArrayList<>();
        boolean depthwise = isDepthwise(value, conv);
        if (!depthwise) {
            slots.add(new Slot(Role.CHANNELS, conv.out()));
        }
        String form = (depthwise ? "depthwise" : "conv groups " + kernel.groups())
                + " bias " + conv.bias().isPresent()
                + " dilation " + kernel.dilations()
                + " same " + kernel.options().same();
        form += slot(slots, Role.SIZE, kernel.size());
        form += slot(slots, Role.STRIDE, kernel.strides());
        form += slot(slots, Role.PAD, kernel.padding());
        return new Slots(form, slots);
    }

    /** Equal numbers are a slot, others belong to the form. */
    private static String slot(List<Slot> slots, Role role, List<Integer> numbers) {
        if (numbers.stream().distinct().count() == 1) {
            slots.add(new Slot(role, numbers.get(0)));
            return " " + role;
        }
        return " " + role + numbers;
    }

    static boolean isDepthwise(Value value, Call.Conv conv) {
        int channels = value.operand(0).channels();
        return channels > 1 && conv.kernel().groups() == channels && conv.out() == channels;
    }
}
