package dev.octet.runtime.cpu;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.runtime.cpu.BorderView.Border;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Operators of a quantised graph that stay in FP32: those of float graphs, on numbers that bytes stand for. */
final class MixedOps {
    private final Map<Integer, Optional<CpuOp>> ops = new HashMap<>();

    MixedOps(Plan plan, Map<String, Port> ports, Function<String, FloatLayer> layers) {
        Graph graph = new Graph(
                plan.int8().stage(),
                plan.int8().nodes().stream().map(MixedOps::asFloat).toList());
        FloatOps floats = new FloatOps(graph, plan.inputs(), ports, layers);
        Map<Integer, Node> nodes = graph.byId();
        plan.int8().nodes().stream()
                .filter(Node::fp32)
                .forEach(node -> ops.put(node.id(), floats.of(nodes.get(node.id()))));
    }

    private static Node asFloat(Node node) {
        TensorType type = TensorType.f32(node.type().shape());
        return new Node(node.id(), node.name(), node.op(), node.inputs(), type, node.line());
    }

    /** The operator of a marked node; {@code constants} is null if neither an operand nor the result is of integers. */
    Optional<CpuOp> of(Node node, Constants.FloatBorder constants) {
        Optional<CpuOp> op = ops.get(node.id());
        return constants == null ? op : op.map(inner -> new Bordered(inner, node, constants));
    }

    /** An operator between borders. */
    private static final class Bordered implements CpuOp {
        private final CpuOp inner;
        private final int result;
        private final List<Integer> operands;
        private final Constants.FloatBorder constants;

        Bordered(CpuOp inner, Node node, Constants.FloatBorder constants) {
            this.inner = inner;
            this.result = node.id();
            this.operands = node.inputs();
            this.constants = constants;
        }

        @Override
        public int units(int batch) {
            return inner.units(batch);
        }

        @Override
        public long bytes() {
            return inner.bytes();
        }

        @Override
        public void run(int unit, Frame frame, Scratch scratch) {
            Map<Integer, Tensor> views = new HashMap<>();
            for (int i = 0; i < operands.size(); i++) {
                views.put(
                        operands.get(i),
                        view(frame.tensor(operands.get(i)), constants.scale()[i]));
            }
            views.put(result, view(frame.tensor(result), 1));
            inner.run(unit, new Frame(frame.batch(), views), scratch);
        }

        private Tensor view(Tensor tensor, float scale) {
            Border border = new Border(scale, constants.inverse(), constants.lo(), constants.hi());
            return tensor instanceof ByteTensor ? new BorderView(tensor, border) : tensor;
        }
    }
}
