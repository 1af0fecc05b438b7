package dev.octet.tools.onnx.graph;

import java.util.ArrayList;
import java.util.List;

/** {@code Pad}: channels of zeros, and borders, which a window takes up later. */
final class Borders {
    private Borders() {}

    static Value pad(Step step) {
        Value x = step.value(0);
        String mode = step.node().text("mode", "constant");
        step.require(mode.equals("constant"), "its mode is " + mode + "; Octet pads with one number");
        int rank = x.shape().size() + 1;
        int[] pads = pads(step, rank);
        float number = step.decimal(2, "value", 0);
        step.require(pads[0] == 0 && pads[rank] == 0, "it pads the batch");
        return bordered(step, channels(step, x, pads[1], pads[rank + 1], number), pads, number);
    }

    /** What is added before each axis, then after each. */
    private static int[] pads(Step step, int rank) {
        long[] given = step.integers(1, "pads").orElseThrow(() -> new Refusal("operand 1 is missing"));
        int[] axes = new int[rank];
        for (int i = 0; i < rank; i++) {
            axes[i] = i;
        }
        if (step.has(3)) {
            long[] chosen = step.integers(3);
            axes = new int[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                axes[i] = step.axis(chosen[i], rank);
            }
        }
        step.require(given.length == 2 * axes.length, "it has " + given.length + " pads for " + axes.length + " axes");
        int[] pads = new int[2 * rank];
        for (int i = 0; i < axes.length; i++) {
            pads[axes[i]] = step.small(given[i], "a pad");
            pads[rank + axes[i]] = step.small(given[axes.length + i], "a pad");
        }
        return pads;
    }

    private static Value channels(Step step, Value x, int before, int after, float number) {
        if (before == 0 && after == 0) {
            return x;
        }
        step.require(number == 0, "it adds channels of " + number + "; Octet adds zeros");
        List<Integer> shape = new ArrayList<>(x.shape());
        shape.set(0, Math.addExact(x.channels(), Math.addExact(before, after)));
        return step.result(new Call.PadChannels(before, after), shape, x);
    }

    private static Value bordered(Step step, Value x, int[] pads, float number) {
        if (!x.isImage() || pads[2] + pads[3] + pads[6] + pads[7] == 0) {
            return x;
        }
        List<Integer> shape = List.of(
                x.channels(),
                Math.addExact(x.shape().get(1), Math.addExact(pads[2], pads[6])),
                Math.addExact(x.shape().get(2), Math.addExact(pads[3], pads[7])));
        return step.result(new Call.Border(pads[2], pads[3], pads[6], pads[7], number), shape, x);
    }
}
