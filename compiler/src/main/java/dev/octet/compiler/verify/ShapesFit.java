package dev.octet.compiler.verify;

import dev.octet.plan.extension.OperatorExtensions;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Optional;

/** The shape of a value follows from its operands' shapes and its operator's attributes. */
final class ShapesFit implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        List<Shape> operands =
                scope.operands(node).stream().map(n -> n.type().shape()).toList();
        return node.op().accept(new OfNode(operands, node.type().shape()));
    }

    /** One method per operator: what is wrong with the shapes. */
    private record OfNode(List<Shape> operands, Shape out) implements OpVisitor<Optional<String>> {
        private Shape in() {
            return operands.get(0);
        }

        /** Extents count, rank does not: [C] and [C,1,1] lie in memory alike. */
        private Optional<String> expect(int channels, int height, int width) {
            boolean fits = out.channels() == channels && out.height() == height && out.width() == width;
            return Check.when(
                    !fits, "operands of shapes %s make [%d,%d,%d], not %s", operands, channels, height, width, out);
        }

        private Optional<String> expect(Shape shape) {
            return expect(shape.channels(), shape.height(), shape.width());
        }

        private Optional<String> windowed(Window window, int channels) {
            return expect(channels, window.outHeight(in().height()), window.outWidth(in().width()));
        }

        @Override
        public Optional<String> input(Op.Input op) {
            return Optional.empty();
        }

        @Override
        public Optional<String> conv2d(Op.Conv2d op) {
            Optional<String> own = WeightShapes.rows(op.weight())
                    .map(channels -> windowed(op.window(), channels))
                    .orElse(Optional.of("its weights have no shape"));
            return own.isPresent() ? own : residual();
        }

        @Override
        public Optional<String> dense(Op.Dense op) {
            Optional<String> own = WeightShapes.rows(op.weight())
                    .map(features -> expect(features, 1, 1))
                    .orElse(Optional.of("its weights have no shape"));
            return own.isPresent() ? own : residual();
        }

        private Optional<String> residual() {
            return operands.size() == 2 ? expect(operands.get(1)) : Optional.empty();
        }

        @Override
        public Optional<String> batchNorm(Op.BatchNorm op) {
            return expect(op.norm().channels(), in().height(), in().width());
        }

        @Override
        public Optional<String> activate(Op.Activate op) {
            return expect(in());
        }

        @Override
        public Optional<String> add(Op.Add op) {
            Optional<String> first = expect(in());
            return first.isPresent() ? first : expect(operands.get(1));
        }

        @Override
        public Optional<String> gate(Op.Gate op) {
            Shape gates = operands.get(1);
            boolean fits = gates.pixels() == 1 && gates.channels() == in().channels();
            return fits ? expect(in()) : Optional.of("it has gates %s for %s".formatted(gates, in()));
        }

        @Override
        public Optional<String> concat(Op.Concat op) {
            boolean equal = operands.stream().allMatch(x -> x.height() == in().height() && x.width() == in().width());
            int channels = operands.stream().mapToInt(Shape::channels).sum();
            return equal ? expect(channels, in().height(), in().width()) : Optional.of("it joins " + operands);
        }

        @Override
        public Optional<String> sliceChannels(Op.SliceChannels op) {
            boolean within = op.count() <= in().channels() - op.first();
            return within
                    ? expect(op.count(), in().height(), in().width())
                    : Optional.of("%s does not have the channels of %s".formatted(in(), op));
        }

        @Override
        public Optional<String> padChannels(Op.PadChannels op) {
            return expect(op.before() + in().channels() + op.after(), in().height(), in().width());
        }

        @Override
        public Optional<String> upsample(Op.Upsample op) {
            return expect(in().channels(), in().height() * op.rows(), in().width() * op.columns());
        }

        @Override
        public Optional<String> extension(Op.Extension op) {
            return expect(OperatorExtensions.find(op.operator()).shape(operands, op.attributes()));
        }

        @Override
        public Optional<String> avgPool(Op.AvgPool op) {
            return windowed(op.window(), in().channels());
        }

        @Override
        public Optional<String> softmax(Op.Softmax op) {
            return expect(in());
        }

        @Override
        public Optional<String> requantize(Op.Requantize op) {
            return expect(in());
        }

        @Override
        public Optional<String> maxPool(Op.MaxPool op) {
            return windowed(op.window(), in().channels());
        }

        @Override
        public Optional<String> globalAvgPool(Op.GlobalAvgPool op) {
            return expect(in().channels(), 1, 1);
        }

        @Override
        public Optional<String> flatten(Op.Flatten op) {
            return expect(in().elements(), 1, 1);
        }

        @Override
        public Optional<String> quantize(Op.Quantize op) {
            return expect(in());
        }

        @Override
        public Optional<String> dequantize(Op.Dequantize op) {
            return expect(in());
        }

        /** An output may be the flattened form of its operand: floats are in the order that flatten makes. */
        @Override
        public Optional<String> output(Op.Output op) {
            return out.rank() == 1 ? expect(in().elements(), 1, 1) : expect(in());
        }
    }
}
