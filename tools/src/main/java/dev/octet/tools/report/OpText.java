package dev.octet.tools.report;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Window;

/**
 * What an operator is, in few words.
 *
 * @param family what kind of operator it is, for its colour
 * @param text {@code conv 3×3 /2 + add + relu}
 */
record OpText(Family family, String text) {
    /** Kinds of operators. */
    enum Family {
        /** Has weights. */
        LAYER,
        /** Reduces pixels. */
        POOL,
        /** Has several operands. */
        JOIN,
        /** Changes numbers or moves them. */
        MAP,
        /** Changes types only. */
        CONVERT,
        /** Input or output. */
        PORT;

        /** Name of its class in the style sheet. */
        String style() {
            return "f-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Describe DESCRIBE = new Describe();

    static OpText of(Op op) {
        return op.accept(DESCRIBE);
    }

    private static final class Describe implements OpVisitor<OpText> {
        private static OpText of(Family family, String text) {
            return new OpText(family, text);
        }

        private static String window(Window window) {
            String size = " " + window.kernelH() + "×" + window.kernelW();
            boolean square = window.strideH() == window.strideW();
            String stride = square ? "" + window.strideH() : window.strideH() + "×" + window.strideW();
            return size + (stride.equals("1") ? "" : " /" + stride) + (window.isDilated() ? " dilated" : "");
        }

        private static String activation(Activation activation) {
            return activation.equals(Activation.NONE)
                    ? ""
                    : " + " + activation.kind().text().replace('_', ' ');
        }

        private static String epilogue(Epilogue epilogue) {
            return (epilogue.residual() ? " + add" : "") + activation(epilogue.activation());
        }

        @Override
        public OpText input(Op.Input op) {
            return of(Family.PORT, "input");
        }

        @Override
        public OpText conv2d(Op.Conv2d op) {
            String groups = op.groups() == 1 ? "conv" : "conv in " + op.groups() + " groups";
            return of(Family.LAYER, groups + window(op.window()) + epilogue(op.epilogue()));
        }

        @Override
        public OpText dense(Op.Dense op) {
            return of(Family.LAYER, "dense" + epilogue(op.epilogue()));
        }

        @Override
        public OpText batchNorm(Op.BatchNorm op) {
            return of(Family.MAP, "batch norm");
        }

        @Override
        public OpText activate(Op.Activate op) {
            return of(Family.MAP, op.activation().kind().text().replace('_', ' '));
        }

        @Override
        public OpText add(Op.Add op) {
            return of(Family.JOIN, "add" + activation(op.activation()));
        }

        @Override
        public OpText gate(Op.Gate op) {
            return of(Family.JOIN, "gate");
        }

        @Override
        public OpText concat(Op.Concat op) {
            return of(Family.JOIN, "concat of " + op.arity());
        }

        @Override
        public OpText sliceChannels(Op.SliceChannels op) {
            return of(Family.MAP, "channels " + op.first() + " to " + (op.first() + op.count() - 1));
        }

        @Override
        public OpText padChannels(Op.PadChannels op) {
            return of(Family.MAP, "zero channels " + op.before() + " + " + op.after());
        }

        @Override
        public OpText upsample(Op.Upsample op) {
            return of(Family.MAP, "upsample " + op.rows() + "×" + op.columns());
        }

        @Override
        public OpText extension(Op.Extension op) {
            return of(Family.MAP, op.operator());
        }

        @Override
        public OpText maxPool(Op.MaxPool op) {
            return of(Family.POOL, "max pool" + window(op.window()));
        }

        @Override
        public OpText avgPool(Op.AvgPool op) {
            return of(Family.POOL, "mean pool" + window(op.window()));
        }

        @Override
        public OpText globalAvgPool(Op.GlobalAvgPool op) {
            return of(Family.POOL, "mean of all pixels");
        }

        @Override
        public OpText flatten(Op.Flatten op) {
            return of(Family.CONVERT, "flatten");
        }

        @Override
        public OpText softmax(Op.Softmax op) {
            return of(Family.MAP, "softmax, on the host");
        }

        @Override
        public OpText requantize(Op.Requantize op) {
            return of(Family.CONVERT, "requantise");
        }

        @Override
        public OpText quantize(Op.Quantize op) {
            return of(Family.CONVERT, "quantise");
        }

        @Override
        public OpText dequantize(Op.Dequantize op) {
            return of(Family.CONVERT, "dequantise");
        }

        @Override
        public OpText output(Op.Output op) {
            return of(Family.PORT, "output");
        }
    }
}
