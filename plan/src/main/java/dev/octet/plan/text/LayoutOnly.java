package dev.octet.plan.text;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.launch.Region;
import java.util.Map;

/**
 * Decides which kernels are layout transposes: those none of whose operators computes anything. An operator computes if
 * a number that it writes may differ from every number that it reads, or if it chooses among them. Quantise and
 * dequantise compute too, although at the network's borders they also reorder. Joining, slicing, padding and upsampling
 * are what the definition asked for and keep the layout. What is left is to change the layout, which of today's
 * operators only flatten does; it never reaches a quantised graph, so a count above zero is a bug.
 */
final class LayoutOnly implements OpVisitor<Boolean> {
    private LayoutOnly() {}

    /** Whether a kernel for this region would only change a layout. */
    static boolean isLayoutOnly(Region region, Map<Integer, Node> nodes) {
        LayoutOnly visitor = new LayoutOnly();
        return region.ops().stream().allMatch(id -> nodes.get(id).op().accept(visitor));
    }

    @Override
    public Boolean input(Op.Input op) {
        return true;
    }

    @Override
    public Boolean conv2d(Op.Conv2d op) {
        return false;
    }

    @Override
    public Boolean dense(Op.Dense op) {
        return false;
    }

    @Override
    public Boolean batchNorm(Op.BatchNorm op) {
        return false;
    }

    @Override
    public Boolean activate(Op.Activate op) {
        return false;
    }

    @Override
    public Boolean add(Op.Add op) {
        return false;
    }

    @Override
    public Boolean gate(Op.Gate op) {
        return false;
    }

    @Override
    public Boolean concat(Op.Concat op) {
        return false;
    }

    @Override
    public Boolean sliceChannels(Op.SliceChannels op) {
        return false;
    }

    @Override
    public Boolean padChannels(Op.PadChannels op) {
        return false;
    }

    @Override
    public Boolean upsample(Op.Upsample op) {
        return false;
    }

    @Override
    public Boolean avgPool(Op.AvgPool op) {
        return false;
    }

    @Override
    public Boolean softmax(Op.Softmax op) {
        return false;
    }

    @Override
    public Boolean requantize(Op.Requantize op) {
        return false;
    }

    @Override
    public Boolean extension(Op.Extension op) {
        return false;
    }

    @Override
    public Boolean maxPool(Op.MaxPool op) {
        return false;
    }

    @Override
    public Boolean globalAvgPool(Op.GlobalAvgPool op) {
        return false;
    }

    @Override
    public Boolean flatten(Op.Flatten op) {
        return true;
    }

    @Override
    public Boolean quantize(Op.Quantize op) {
        return false;
    }

    @Override
    public Boolean dequantize(Op.Dequantize op) {
        return false;
    }

    @Override
    public Boolean output(Op.Output op) {
        return true;
    }
}
