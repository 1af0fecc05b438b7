package dev.octet.compiler;

import dev.octet.compiler.schedule.TuningLog;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the compiler starts from.
 *
 * @param network binary name of the definition class
 * @param inputs input ports in the annotation's order
 * @param outputs output ports in the annotation's order
 * @param targets GPU families to generate kernels for, without duplicates
 * @param maxBatch largest batch
 * @param trace the recorded definition
 * @param fp32 names of layers and values of the definition that are to stay in FP32 besides those that it marks itself
 * @param floats whether the float graph is compiled too, for calibrations on GPUs
 * @param tuning times of kernels, which decide their schedules
 */
public record CompileRequest(
        String network,
        List<Port> inputs,
        List<Port> outputs,
        List<Target> targets,
        int maxBatch,
        TracedNetwork trace,
        Set<String> fp32,
        boolean floats,
        TuningLog tuning) {
    public CompileRequest {
        Objects.requireNonNull(network);
        Objects.requireNonNull(trace);
        Objects.requireNonNull(tuning);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        targets = List.copyOf(targets);
        fp32 = Set.copyOf(fp32);
    }

    /** A request by which schedules are estimated. */
    public CompileRequest(
            String network,
            List<Port> inputs,
            List<Port> outputs,
            List<Target> targets,
            int maxBatch,
            TracedNetwork trace,
            Set<String> fp32,
            boolean floats) {
        this(network, inputs, outputs, targets, maxBatch, trace, fp32, floats, TuningLog.NONE);
    }

    /** A request of the quantised graph alone. */
    public CompileRequest(
            String network,
            List<Port> inputs,
            List<Port> outputs,
            List<Target> targets,
            int maxBatch,
            TracedNetwork trace,
            Set<String> fp32) {
        this(network, inputs, outputs, targets, maxBatch, trace, fp32, false);
    }

    /** A request that adds nothing to what the definition keeps in FP32. */
    public CompileRequest(
            String network,
            List<Port> inputs,
            List<Port> outputs,
            List<Target> targets,
            int maxBatch,
            TracedNetwork trace) {
        this(network, inputs, outputs, targets, maxBatch, trace, Set.of());
    }

    /** The same request, with the float graph or without. */
    public CompileRequest floats(boolean wanted) {
        return new CompileRequest(network, inputs, outputs, targets, maxBatch, trace, fp32, wanted, tuning);
    }

    /** The same request, with times of kernels. */
    public CompileRequest tuned(TuningLog times) {
        return new CompileRequest(network, inputs, outputs, targets, maxBatch, trace, fp32, floats, times);
    }
}
