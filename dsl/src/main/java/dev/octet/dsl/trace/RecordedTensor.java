package dev.octet.dsl.trace;

import dev.octet.dsl.Block;
import dev.octet.dsl.CustomOperator;
import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.Kernel;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.TracedOp.Activation.Function;
import java.util.ArrayList;
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
        WindowRule window = WindowRule.ofConvolution(kernel, shape());
        List<Integer> result = ShapeRules.conv2d(shape(), layer, outChannels, kernel.groups(), window);
        TracedOp op = new TracedOp.Conv2d(
                layer,
                outChannels,
                window.size(),
                window.strides(),
                window.dilations(),
                window.padding(),
                kernel.groups(),
                kernel.hasBias());
        return recorder.record(layer, op, result, this);
    }

    @Override
    public Tensor keepFp32() {
        recorder.keepFp32(node);
        return this;
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
        return recorder.record(value, new TracedOp.Activation(Function.RELU, 0), shape(), this);
    }

    @Override
    public Tensor relu6() {
        return activation("relu6", Function.RELU6, 0);
    }

    @Override
    public Tensor leakyRelu(float slope) {
        return activation("leakyRelu", Function.LEAKY_RELU, slope);
    }

    @Override
    public Tensor elu(float alpha) {
        return activation("elu", Function.ELU, alpha);
    }

    @Override
    public Tensor sigmoid() {
        return activation("sigmoid", Function.SIGMOID, 0);
    }

    @Override
    public Tensor hardSigmoid() {
        return activation("hardSigmoid", Function.HARD_SIGMOID, 0);
    }

    @Override
    public Tensor tanh() {
        return activation("tanh", Function.TANH, 0);
    }

    @Override
    public Tensor swish() {
        return activation("swish", Function.SWISH, 0);
    }

    @Override
    public Tensor hardSwish() {
        return activation("hardSwish", Function.HARD_SWISH, 0);
    }

    @Override
    public Tensor gelu() {
        return activation("gelu", Function.GELU, 0);
    }

    private Tensor activation(String method, Function function, float alpha) {
        if (!Float.isFinite(alpha)) {
            throw new DslException(DslCode.ALPHA, method, alpha);
        }
        return recorder.record(name() + "." + method, new TracedOp.Activation(function, alpha), shape(), this);
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
        WindowRule window = WindowRule.ofPooling("maxPool", kernel, shape());
        TracedOp op = new TracedOp.MaxPool(window.size(), window.strides(), window.padding());
        return recorder.record(value, op, window.shape(shape().get(0)), this);
    }

    @Override
    public Tensor avgPool(Kernel kernel) {
        return avgPoolAs(name() + ".avgPool", kernel);
    }

    @Override
    public Tensor avgPool(String name, Kernel kernel) {
        return avgPoolAs(recorder.scoped(name), kernel);
    }

    private Tensor avgPoolAs(String value, Kernel kernel) {
        requireKernel("avgPool", kernel);
        WindowRule window = WindowRule.ofPooling("avgPool", kernel, shape());
        List<Integer> counted = kernel.options().paddingCounts() ? window.declaredPadding() : List.of(0, 0, 0, 0);
        TracedOp op = new TracedOp.AvgPool(window.size(), window.strides(), window.padding(), counted);
        return recorder.record(value, op, window.shape(shape().get(0)), this);
    }

    @Override
    public Tensor subsample(int stride) {
        return subsampleAs(name() + ".subsample", stride);
    }

    @Override
    public Tensor subsample(String name, int stride) {
        return subsampleAs(recorder.scoped(name), stride);
    }

    private Tensor subsampleAs(String value, int stride) {
        ShapeRules.checkFactor("subsample", stride);
        WindowRule window = WindowRule.ofPooling("subsample", Kernel.kernel(1).stride(stride), shape());
        TracedOp op = new TracedOp.MaxPool(window.size(), window.strides(), window.padding());
        return recorder.record(value, op, window.shape(shape().get(0)), this);
    }

    @Override
    public Tensor gate(Tensor gates) {
        return gateAs(name() + ".gate", gates);
    }

    @Override
    public Tensor gate(String name, Tensor gates) {
        return gateAs(recorder.scoped(name), gates);
    }

    private Tensor gateAs(String value, Tensor gates) {
        RecordedTensor operand = recorder.own("gate", gates);
        return recorder.record(value, new TracedOp.Gate(), ShapeRules.gate(shape(), operand.shape()), this, operand);
    }

    @Override
    public Tensor concat(Tensor... others) {
        return concatAs(name() + ".concat", others);
    }

    @Override
    public Tensor concat(String name, Tensor... others) {
        return concatAs(recorder.scoped(name), others);
    }

    private Tensor concatAs(String value, Tensor... others) {
        List<RecordedTensor> operands = new ArrayList<>(List.of(this));
        for (Tensor other : ShapeRules.checkJoined(others)) {
            operands.add(recorder.own("concat", other));
        }
        List<Integer> result =
                ShapeRules.concat(operands.stream().map(RecordedTensor::shape).toList());
        return recorder.record(value, new TracedOp.Concat(), result, operands.toArray(RecordedTensor[]::new));
    }

    @Override
    public Tensor sliceChannels(int first, int count) {
        return sliceAs(name() + ".slice", first, count);
    }

    @Override
    public Tensor sliceChannels(String name, int first, int count) {
        return sliceAs(recorder.scoped(name), first, count);
    }

    private Tensor sliceAs(String value, int first, int count) {
        List<Integer> result = ShapeRules.sliceChannels(shape(), first, count);
        return recorder.record(value, new TracedOp.SliceChannels(first, count), result, this);
    }

    @Override
    public Tensor padChannels(int before, int after) {
        return padAs(name() + ".pad", before, after);
    }

    @Override
    public Tensor padChannels(String name, int before, int after) {
        return padAs(recorder.scoped(name), before, after);
    }

    private Tensor padAs(String value, int before, int after) {
        List<Integer> result = ShapeRules.padChannels(shape(), before, after);
        return recorder.record(value, new TracedOp.PadChannels(before, after), result, this);
    }

    @Override
    public Tensor upsample(int factor) {
        return upsampleAs(name() + ".upsample", factor);
    }

    @Override
    public Tensor upsample(String name, int factor) {
        return upsampleAs(recorder.scoped(name), factor);
    }

    private Tensor upsampleAs(String value, int factor) {
        List<Integer> result = ShapeRules.upsample(shape(), factor);
        return recorder.record(value, new TracedOp.Upsample(factor), result, this);
    }

    @Override
    public Tensor apply(String name, CustomOperator operator, Tensor... others) {
        List<RecordedTensor> operands = new ArrayList<>(List.of(this));
        for (Tensor other : others) {
            operands.add(recorder.own("apply", other));
        }
        List<List<Integer>> shapes =
                operands.stream().map(RecordedTensor::shape).toList();
        CustomCall call = CustomCall.of(operator, shapes);
        return recorder.record(recorder.scoped(name), call.op(), call.shape(), operands.toArray(RecordedTensor[]::new));
    }

    @Override
    public Tensor softmax() {
        return recorder.record(name() + ".softmax", new TracedOp.Softmax(), shape(), this);
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
