package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.quant.Constants;

/** Mean of each channel: the sum of its pixels, row by row, times a factor. Bytes are summed in integers. */
final class GlobalAvgPoolOp implements CpuOp {
    private final Node node;
    private final int pixels;
    private final boolean integer;
    private final Constants.Rescale rescale;

    GlobalAvgPoolOp(Node node, TensorType operand, Constants.Rescale rescale) {
        this.node = node;
        this.pixels = operand.shape().pixels();
        this.integer = operand.element().isInteger();
        this.rescale = rescale;
    }

    @Override
    public int units(int batch) {
        return batch;
    }

    @Override
    public void run(int image, Frame frame, Scratch scratch) {
        Tensor from = frame.tensor(node.input());
        Tensor to = frame.tensor(node.id());
        float[] row = scratch.rows.get(pixels);
        float[] mean = scratch.sums.get(1);
        for (int c = 0; c < node.type().shape().channels(); c++) {
            from.read(image, c, 0, 1, pixels, row, 0);
            mean[0] = (integer ? integerSum(row) : floatSum(row)) * rescale.factor();
            RescaleOp.clamp(mean, 1, rescale.lo(), rescale.hi());
            to.write(image, c, 0, 1, mean, 0);
        }
        to.clearPadding(image, 0, 1);
    }

    private float integerSum(float[] row) {
        int sum = 0;
        for (int i = 0; i < pixels; i++) {
            sum += (int) row[i];
        }
        return sum;
    }

    private float floatSum(float[] row) {
        float sum = 0;
        for (int i = 0; i < pixels; i++) {
            sum += row[i];
        }
        return sum;
    }
}
