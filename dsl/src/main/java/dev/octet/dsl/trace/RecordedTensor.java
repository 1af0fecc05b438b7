package dev.octet.dsl.trace;

import dev.octet.dsl.Block;
import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.Kernel;
import dev.octet.dsl.Tensor;
import java.util.List;

/** A recorded value: checks operands, works out the result's shape and name, and records the operator. */
final class RecordedTensor implements Tensor {
    private final Recorder recorder;
    private final TracedNode node;

    RecordedTensor(Recorder recorder, TracedNode node) {
        this.recorder = recorder;
        this.node = node;
    }

    Recorder recorder() {
        return recorder;
    }

    int id() {
        return node.id();
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public List<Integer> shape() {
        return node.shape();
    }

    @Override
    public Tensor conv2d(String name, int outChannels, Kernel kernel) {
        String layer = recorder.scoped(name);
        requireKernel("conv2d", kernel);
        List<Integer> strides = kernel.strides().isEmpty() ? List.of(1, 1) : kernel.strides();
        List<Integer> result = ShapeRules.conv2d(shape(), layer, outChannels, kernel, strides);
        TracedOp op =
                new TracedOp.Conv2d(layer, outChannels, kernel.size(), strides, kernel.padding(), kernel.hasBias());
        return recorder.record(layer, op, result, this);
    }

    @Override
    public Tensor batchNorm(String name, float epsilon) {
        String layer = recorder.scoped(name);
        if (!(epsilon > 0) || Float.isInfinite(epsilon)) {
            throw new DslException(DslCode.EPSILON, epsilon);
        }
        return recorder.record(layer, new TracedOp.BatchNorm(layer, epsilon), shape(), this);
    }

    @Override
    public Tensor relu() {
        return reluAs(name() + ".relu");
    }

    @Override
    public Tensor relu(String name) {
        return reluAs(recorder.scoped(name));
    }

    private Tensor reluAs(String value) {
        return recorder.record(value, new TracedOp.Relu(), shape(), this);
    }

    @Override
    public Tensor add(Tensor other) {
        return addAs(name() + ".add", other);
    }

    @Override
    public Tensor add(String name, Tensor other) {
        return addAs(recorder.scoped(name), other);
    }

    private Tensor addAs(String value, Tensor other) {
        RecordedTensor operand = recorder.own("add", other);
        return recorder.record(value, new TracedOp.Add(), ShapeRules.add(shape(), operand.shape()), this, operand);
    }

    @Override
    public Tensor maxPool(Kernel kernel) {
        return maxPoolAs(name() + ".maxPool", kernel);
    }

    @Override
    public Tensor maxPool(String name, Kernel kernel) {
        return maxPoolAs(recorder.scoped(name), kernel);
    }

    private Tensor maxPoolAs(String value, Kernel kernel) {
        requireKernel("maxPool", kernel);
        List<Integer> strides = kernel.strides().isEmpty() ? kernel.size() : kernel.strides();
        List<Integer> result = ShapeRules.maxPool(shape(), kernel, strides);
        return recorder.record(value, new TracedOp.MaxPool(kernel.size(), strides, kernel.padding()), result, this);
    }

    @Override
    public Tensor globalAvgPool() {
        return globalAvgPoolAs(name() + ".globalAvgPool");
    }

    @Override
    public Tensor globalAvgPool(String name) {
        return globalAvgPoolAs(recorder.scoped(name));
    }

    private Tensor globalAvgPoolAs(String value) {
        return recorder.record(value, new TracedOp.GlobalAvgPool(), ShapeRules.globalAvgPool(shape()), this);
    }

    @Override
    public Tensor flatten() {
        return flattenAs(name() + ".flatten");
    }

    @Override
    public Tensor flatten(String name) {
        return flattenAs(recorder.scoped(name));
    }

    private Tensor flattenAs(String value) {
        return recorder.record(value, new TracedOp.Flatten(), ShapeRules.flatten(shape()), this);
    }

    @Override
    public Tensor dense(String name, int features) {
        return dense(name, features, true);
    }

    @Override
    public Tensor denseWithoutBias(String name, int features) {
        return dense(name, features, false);
    }

    private Tensor dense(String name, int features, boolean bias) {
        String layer = recorder.scoped(name);
        List<Integer> result = ShapeRules.dense(shape(), layer, features);
        return recorder.record(layer, new TracedOp.Dense(layer, features, bias), result, this);
    }

    @Override
    public Tensor scope(String name, Block block) {
        return recorder.scope(name, this, block);
    }

    @Override
    public String toString() {
        return name() + shape();
    }

    private static void requireKernel(String user, Kernel kernel) {
        if (kernel == null) {
            throw new DslException(DslCode.MISSING_ARGUMENT, "The kernel of " + user);
        }
    }
}
