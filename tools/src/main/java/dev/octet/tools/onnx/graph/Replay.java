package dev.octet.tools.onnx.graph;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Calls the definition language as the written class will. */
public final class Replay implements NetworkDefinition {
    private final GraphImport graph;
    private final UnaryOperator<String> ports;

    /**
     * A definition.
     *
     * @param ports from names of the model's ports to those of the definition's
     */
    public Replay(GraphImport graph, UnaryOperator<String> ports) {
        this.graph = graph;
        this.ports = ports;
    }

    @Override
    public void define(Net net) {
        Map<Value, Tensor> tensors = new IdentityHashMap<>();
        for (Value value : graph.values()) {
            tensors.put(value, call(net, value, tensors));
        }
        graph.network().outputs().forEach((port, value) -> net.output(ports.apply(port), tensors.get(value)));
    }

    private Tensor call(Net net, Value value, Map<Value, Tensor> tensors) {
        String name = graph.names().name(value);
        Call call = value.call();
        if (call instanceof Call.Input input) {
            return net.input(ports.apply(input.port()));
        }
        Tensor x = tensors.get(value.operand(0));
        if (call instanceof Call.Conv conv) {
            Kernel kernel = conv.bias().isPresent() ? conv.kernel().bias() : conv.kernel();
            return x.conv2d(name, conv.out(), kernel);
        } else if (call instanceof Call.Dense dense) {
            return dense.bias().isPresent()
                    ? x.dense(name, dense.features())
                    : x.denseWithoutBias(name, dense.features());
        } else if (call instanceof Call.Norm norm) {
            return x.batchNorm(name, norm.epsilon());
        }
        return graph.names().isGiven(value) ? named(value, name, x, tensors) : unnamed(value, x, tensors);
    }

    private static Tensor[] others(Value value, Map<Value, Tensor> tensors) {
        return value.operands().stream().skip(1).map(tensors::get).toArray(Tensor[]::new);
    }

    private static Tensor named(Value value, String name, Tensor x, Map<Value, Tensor> tensors) {
        Call call = value.call();
        Tensor[] others = others(value, tensors);
        if (call instanceof Call.Unary unary) {
            return switch (unary.function()) {
                case RELU -> x.relu(name);
                case FLATTEN -> x.flatten(name);
                case GLOBAL_AVG_POOL -> x.globalAvgPool(name);
                default -> throw new IllegalStateException(unary + " takes no name");
            };
        } else if (call instanceof Call.Pool pool) {
            return pool.max() ? x.maxPool(name, pool.kernel()) : x.avgPool(name, pool.kernel());
        } else if (call instanceof Call.Slice slice) {
            return x.sliceChannels(name, slice.first(), slice.count());
        } else if (call instanceof Call.PadChannels pad) {
            return x.padChannels(name, pad.before(), pad.after());
        } else if (call instanceof Call.Subsample subsample) {
            return x.subsample(name, subsample.stride());
        } else if (call instanceof Call.Upsample upsample) {
            return x.upsample(name, upsample.factor());
        } else if (call instanceof Call.Add) {
            return x.add(name, others[0]);
        } else if (call instanceof Call.Gate) {
            return x.gate(name, others[0]);
        }
        return x.concat(name, others);
    }

    private static Tensor unnamed(Value value, Tensor x, Map<Value, Tensor> tensors) {
        Call call = value.call();
        Tensor[] others = others(value, tensors);
        if (call instanceof Call.Unary unary) {
            return unary(x, unary);
        } else if (call instanceof Call.Pool pool) {
            return pool.max() ? x.maxPool(pool.kernel()) : x.avgPool(pool.kernel());
        } else if (call instanceof Call.Slice slice) {
            return x.sliceChannels(slice.first(), slice.count());
        } else if (call instanceof Call.PadChannels pad) {
            return x.padChannels(pad.before(), pad.after());
        } else if (call instanceof Call.Subsample subsample) {
            return x.subsample(subsample.stride());
        } else if (call instanceof Call.Upsample upsample) {
            return x.upsample(upsample.factor());
        } else if (call instanceof Call.Add) {
            return x.add(others[0]);
        } else if (call instanceof Call.Gate) {
            return x.gate(others[0]);
        }
        return x.concat(others);
    }

    private static Tensor unary(Tensor x, Call.Unary unary) {
        return switch (unary.function()) {
            case RELU -> x.relu();
            case RELU6 -> x.relu6();
            case LEAKY_RELU -> x.leakyRelu(unary.parameter());
            case ELU -> x.elu(unary.parameter());
            case SIGMOID -> x.sigmoid();
            case HARD_SIGMOID -> x.hardSigmoid();
            case TANH -> x.tanh();
            case SWISH -> x.swish();
            case HARD_SWISH -> x.hardSwish();
            case GELU -> x.gelu();
            case SOFTMAX -> x.softmax();
            case GLOBAL_AVG_POOL -> x.globalAvgPool();
            case FLATTEN -> x.flatten();
        };
    }
}
