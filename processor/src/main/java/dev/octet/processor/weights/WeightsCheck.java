package dev.octet.processor.weights;

import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.diag.NearNames;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.TensorInfo;
import dev.octet.processor.HostCode;
import dev.octet.processor.host.NestedClasses;
import dev.octet.processor.report.Failure;
import dev.octet.processor.report.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares a weights file's header with what a definition reads. */
public final class WeightsCheck {
    private static final Set<String> FLOATS = Set.of("F32", "F16", "BF16");
    private static final int MOST_LISTED = 10;

    /** PyTorch exports this counter with every batch normalisation; inference has no use for it. */
    private static final String TRAINING_COUNTER = ".num_batches_tracked";

    private final String fileName;
    private final Map<String, TensorInfo> tensors;

    private WeightsCheck(String fileName, Map<String, TensorInfo> tensors) {
        this.fileName = fileName;
        this.tensors = tensors;
    }

    /** Reads the header of a weights file; {@link dev.octet.plan.diag.OctetException} says what is wrong with it. */
    public static WeightsCheck of(Path file) {
        return new WeightsCheck(
                file.getFileName().toString(), Safetensors.open(file).tensors());
    }

    /**
     * Refuses missing tensors and tensors of wrong shape or type.
     *
     * @throws Failure at the line of the first call whose tensor is wrong
     */
    public void check(TracedNetwork trace, NestedClasses classes) {
        for (RequiredTensor required : RequiredTensor.of(trace)) {
            TensorInfo found = tensors.get(required.key());
            if (found == null) {
                throw failure(
                        classes, required, HostCode.UNKNOWN_TENSOR, fileName, required.key(), suggestion(required));
            }
            if (!found.shape().equals(required.shape())) {
                throw failure(
                        classes,
                        required,
                        HostCode.TENSOR_SHAPE,
                        required.key(),
                        fileName,
                        found.shape(),
                        required.shape());
            }
            if (!FLOATS.contains(found.dtype())) {
                throw failure(classes, required, HostCode.TENSOR_TYPE, required.key(), fileName, found.dtype());
            }
        }
    }

    /**
     * Warnings about tensors that the definition does not read: one at each layer whose bias is among them, and one at the
     * annotation that lists the others.
     */
    public List<Failure> unused(TracedNetwork trace, NestedClasses classes) {
        Set<String> left = new TreeSet<>(tensors.keySet());
        RequiredTensor.of(trace).forEach(required -> left.remove(required.key()));
        left.removeIf(key -> isTrainingCounter(key, trace));
        List<Failure> warnings = new ArrayList<>();
        for (TracedNode node : trace.nodes()) {
            MissingBias.of(node)
                    .filter(bias -> left.remove(bias.key()))
                    .ifPresent(bias -> warnings.add(new Failure(
                            place(classes, node), HostCode.MISSING_BIAS.message(fileName, bias.key(), bias.remedy()))));
        }
        if (!left.isEmpty()) {
            warnings.add(new Failure(HostCode.UNUSED_TENSORS, left.size(), fileName, listed(left)));
        }
        return warnings;
    }

    private static String listed(Set<String> keys) {
        String listed = keys.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        return keys.size() > MOST_LISTED ? listed + ", ..." : listed;
    }

    private static boolean isTrainingCounter(String key, TracedNetwork trace) {
        return trace.nodes().stream()
                .map(TracedNode::op)
                .anyMatch(op -> op instanceof TracedOp.BatchNorm norm && key.equals(norm.name() + TRAINING_COUNTER));
    }

    private String suggestion(RequiredTensor required) {
        Optional<String> unwanted = required.withoutBias().filter(remedy -> tensors.containsKey(required.weightKey()));
        if (unwanted.isPresent()) {
            return " It has " + required.weightKey() + ": if the layer was trained without a bias, " + unwanted.get()
                    + ".";
        }
        String near = NearNames.suggestion(required.key(), tensors.keySet());
        return near.isEmpty() ? " It has " + tensors.size() + " tensors, none with a similar name." : near;
    }

    private static Failure failure(
            NestedClasses classes, RequiredTensor required, DiagnosticCode code, Object... arguments) {
        return new Failure(place(classes, required.node()), code.message(arguments));
    }

    private static Optional<Place> place(NestedClasses classes, TracedNode node) {
        StackTraceElement line = node.line();
        return classes.place(line.getClassName(), line.getLineNumber(), Optional.of(method(node.op())));
    }

    /** The method that records an operator: {@code Conv2d} to {@code conv2d}. */
    private static String method(TracedOp op) {
        if (op instanceof TracedOp.Dense dense && !dense.bias()) {
            return "denseWithoutBias";
        }
        String name = op.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
