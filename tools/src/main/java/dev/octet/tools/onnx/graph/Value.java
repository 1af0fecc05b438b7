package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.ModelNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A value of the network that is being imported. Rules change in place what makes it; its users need not know. */
public final class Value {
    private Call call;
    private List<Value> operands;
    private List<Integer> shape;
    private String hint;
    private final Optional<ModelNode> source;
    /** Where among the others it is computed, as far as its operands allow. */
    private final long order;

    Value(Call call, List<Value> operands, List<Integer> shape, String hint, Optional<ModelNode> source, long order) {
        this.call = call;
        this.operands = new ArrayList<>(operands);
        this.shape = List.copyOf(shape);
        this.hint = hint;
        this.source = source;
        this.order = order;
    }

    /** What makes the value. */
    public Call call() {
        return call;
    }

    /** Operands of the call. */
    public List<Value> operands() {
        return operands;
    }

    /** An operand. */
    public Value operand(int index) {
        return operands.get(index);
    }

    /** Shape without the batch: [channels, height, width] or [features]. */
    public List<Integer> shape() {
        return shape;
    }

    /** Channels or features. */
    public int channels() {
        return shape.get(0);
    }

    /** What the model calls the layer; not yet a name. */
    String hint() {
        return hint;
    }

    /** The node that the value was made for; empty for an input. */
    Optional<ModelNode> source() {
        return source;
    }

    long order() {
        return order;
    }

    /** A new value beside this one, for the same node. */
    Value beside(Call other, List<Integer> otherShape, Value... others) {
        return new Value(other, List.of(others), otherShape, hint, source, order);
    }

    void become(Call other, Value... others) {
        this.call = other;
        this.operands = new ArrayList<>(List.of(others));
    }

    void call(Call other) {
        this.call = other;
    }

    void hint(String other) {
        this.hint = other;
    }

    /** Whether the value is an image rather than a vector. */
    boolean isImage() {
        return shape.size() == 3;
    }

    /** The call if it is of that kind. */
    public <T extends Call> Optional<T> as(Class<T> kind) {
        return kind.isInstance(call) ? Optional.of(kind.cast(call)) : Optional.empty();
    }

    @Override
    public String toString() {
        return call.getClass().getSimpleName() + shape;
    }
}
