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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** A warning that lists tensors which the definition does not read, if there are any. */
    public Optional<String> unused(TracedNetwork trace) {
        Set<String> read = new HashSet<>();
        RequiredTensor.of(trace).forEach(required -> read.add(required.key()));
        List<String> unused = tensors.keySet().stream()
                .filter(key -> !read.contains(key) && !isTrainingCounter(key, trace))
                .toList();
        if (unused.isEmpty()) {
            return Optional.empty();
        }
        String listed = String.join(", ", unused.subList(0, Math.min(MOST_LISTED, unused.size())));
        String text = unused.size() > MOST_LISTED ? listed + ", ..." : listed;
        return Optional.of(HostCode.UNUSED_TENSORS.message(unused.size(), fileName, text));
    }

    private static boolean isTrainingCounter(String key, TracedNetwork trace) {
        return trace.nodes().stream()
                .map(TracedNode::op)
                .anyMatch(op -> op instanceof TracedOp.BatchNorm norm && key.equals(norm.name() + TRAINING_COUNTER));
    }

    private String suggestion(RequiredTensor required) {
        String near = NearNames.suggestion(required.key(), tensors.keySet());
        return near.isEmpty() ? " It has " + tensors.size() + " tensors, none with a similar name." : near;
    }

    private static Failure failure(
            NestedClasses classes, RequiredTensor required, DiagnosticCode code, Object... arguments) {
        StackTraceElement line = required.node().line();
        Optional<Place> place = classes.place(
                line.getClassName(),
                line.getLineNumber(),
                Optional.of(method(required.node().op())));
        return new Failure(place, code.message(arguments));
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
