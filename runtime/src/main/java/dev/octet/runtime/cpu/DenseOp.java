package dev.octet.runtime.cpu;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.TensorType;
import dev.octet.runtime.cpu.Slices.Slice;
import java.util.List;

/**
 * Fully connected layer with its epilogue. An image has only one result per output channel, so rows run over output
 * channels here: the weights of one term for a block of outputs, weighted by the image's element. Terms come in
 * (pixel, channel) order, one fused multiply-add each.
 */
final class DenseOp implements CpuOp {
    /** Output channels in a block. */
    private static final int BLOCK = 256;
    /** Terms between carries at most; a bound for the slices, which need no memory here. */
    private static final int LIMIT = Integer.MAX_VALUE;

    private final Node node;
    private final boolean residual;
    private final TensorType operand;
    private final int outputs;
    private final int terms;
    private final float[][][] blocks;
    private final Epilogue epilogue;
    private final List<Slice> slices;

    DenseOp(Node node, TensorType operand, boolean residual, LayerWeights weights, Epilogue epilogue) {
        this.node = node;
        this.residual = residual;
        this.operand = operand;
        this.outputs = weights.out();
        this.terms = weights.terms();
        this.blocks = blocks(weights);
        this.epilogue = epilogue;
        ElementType element = operand.element();
        this.slices = element.isInteger()
                ? Slices.integers(weights.rows(), element.max(), LIMIT)
                : Slices.floats(terms, LIMIT);
    }

    /** Weights as {@code [block][term][output in block]}, outputs padded to 16 with zeros. */
    private static float[][][] blocks(LayerWeights weights) {
        float[][][] blocks = new float[(weights.out() + BLOCK - 1) / BLOCK][][];
        for (int i = 0; i < blocks.length; i++) {
            int width = Math.min(BLOCK, weights.out() - i * BLOCK);
            float[][] block = new float[weights.terms()][(width + 15) / 16 * 16];
            for (int o = 0; o < width; o++) {
                float[] row = weights.rows()[i * BLOCK + o];
                for (int k = 0; k < row.length; k++) {
                    block[k][o] = row[k];
                }
            }
            blocks[i] = block;
        }
        return blocks;
    }

    @Override
    public long bytes() {
        long floats = 0;
        for (float[][] block : blocks) {
            floats += (long) terms * block[0].length;
        }
        return floats * Float.BYTES;
    }

    @Override
    public int units(int batch) {
        return Math.multiplyExact(batch, blocks.length);
    }

    @Override
    public void run(int unit, Frame frame, Scratch scratch) {
        int image = unit / blocks.length;
        int block = unit % blocks.length;
        float[][] weights = blocks[block];
        float[] factors = factors(frame.tensor(node.input()), image, scratch);
        Accumulators sums = new Accumulators(scratch, 1, weights[0].length);
        for (Slice slice : slices) {
            Axpy.accumulate(sums.sums()[0], factors, weights, slice.first(), slice.count(), weights[0].length);
            if (slice.carry()) {
                sums.carry(scratch);
            }
        }
        sums.finish();
        store(sums.sums()[0], image, block * BLOCK, frame, scratch);
    }

    /** The image's elements in (pixel, channel) order. */
    private float[] factors(Tensor from, int image, Scratch scratch) {
        int channels = operand.shape().channels();
        int pixels = operand.shape().pixels();
        float[] factors = scratch.planes.get(terms);
        float[] row = scratch.rows.get(pixels);
        for (int c = 0; c < channels; c++) {
            from.read(image, c, 0, 1, pixels, row, 0);
            for (int pixel = 0; pixel < pixels; pixel++) {
                factors[pixel * channels + c] = row[pixel];
            }
        }
        return factors;
    }

    private void store(float[] sums, int image, int first, Frame frame, Scratch scratch) {
        Tensor to = frame.tensor(node.id());
        float[] value = scratch.rows.get(1);
        float[] other = scratch.others.get(1);
        for (int c = first; c < Math.min(first + BLOCK, outputs); c++) {
            value[0] = sums[c - first];
            if (residual) {
                frame.tensor(node.inputs().get(1)).read(image, c, 0, 1, 1, other, 0);
                epilogue.apply(value, other, c, 1);
            } else {
                epilogue.apply(value, c, 1);
            }
            to.write(image, c, 0, 1, value, 0);
        }
        if (first == 0) {
            to.clearPadding(image, 0, 1);
        }
    }
}
