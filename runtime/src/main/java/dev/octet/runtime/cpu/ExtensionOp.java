package dev.octet.runtime.cpu;

import dev.octet.plan.extension.OperatorExtension;
import dev.octet.plan.extension.OperatorExtension.Element;
import dev.octet.plan.extension.OperatorExtension.Operand;
import dev.octet.plan.extension.OperatorExtensions;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.Constants;
import java.util.ArrayList;
import java.util.List;

/** An operator from outside, element by element. */
final class ExtensionOp implements CpuOp {
    private final Node node;
    private final Op.Extension op;
    private final OperatorExtension extension;
    private final Constants.Extension constants;
    private final List<Shape> operands;

    ExtensionOp(Graph graph, Node node, Op.Extension op, Constants.Extension constants) {
        this.node = node;
        this.op = op;
        this.extension = OperatorExtensions.find(op.operator());
        this.constants = constants;
        this.operands = node.inputs().stream()
                .map(input -> graph.node(input).type().shape())
                .toList();
    }

    @Override
    public int units(int batch) {
        return batch;
    }

    @Override
    public void run(int image, Frame frame, Scratch scratch) {
        List<Operand> values = values(image, frame, scratch);
        Shape shape = node.type().shape();
        Tensor to = frame.tensor(node.id());
        float[] row = scratch.rows.get(shape.pixels());
        for (int c = 0; c < shape.channels(); c++) {
            for (int pixel = 0; pixel < shape.pixels(); pixel++) {
                Element element = new Element(c, pixel / shape.width(), pixel % shape.width());
                row[pixel] = extension.element(element, values, constants.values(), op.attributes());
            }
            RescaleOp.clamp(row, shape.pixels(), constants.lo(), constants.hi());
            to.write(image, c, 0, shape.pixels(), row, 0);
        }
        to.clearPadding(image, 0, shape.pixels());
    }

    /** Copies of the operands, channel after channel. */
    private List<Operand> values(int image, Frame frame, Scratch scratch) {
        int longest = operands.stream().mapToInt(Shape::elements).max().orElseThrow();
        float[][] planes = scratch.planes.get(operands.size(), longest);
        List<Operand> values = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Shape shape = operands.get(i);
            Tensor from = frame.tensor(node.inputs().get(i));
            for (int c = 0; c < shape.channels(); c++) {
                from.read(image, c, 0, 1, shape.pixels(), planes[i], c * shape.pixels());
            }
            values.add(new Plane(shape, planes[i]));
        }
        return values;
    }

    private record Plane(Shape shape, float[] elements) implements Operand {
        @Override
        public float at(int channel, int row, int column) {
            return elements[(channel * shape.height() + row) * shape.width() + column];
        }
    }
}
