package dev.octet.plan.text;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Window;
import dev.octet.plan.internal.Cursor;

/** Prints an operator with its operands, {@code maxpool(%3) window=2x2 stride=2x2 pad=0,0,0,0}. */
final class OpPrinter implements OpVisitor<String> {
    private final String operands;

    /** A printer for an operator with the given operands, {@code (%1,%2)}. */
    OpPrinter(String operands) {
        this.operands = operands;
    }

    @Override
    public String input(Op.Input op) {
        return "input" + operands;
    }

    @Override
    public String conv2d(Op.Conv2d op) {
        return "conv2d" + operands + " layer=" + Cursor.requireName(op.layer()) + " weight="
                + ConstantText.print(op.weight()) + " bias=" + ConstantText.print(op.bias()) + window(op.window())
                + epilogue(op.epilogue());
    }

    @Override
    public String dense(Op.Dense op) {
        return "dense" + operands + " layer=" + Cursor.requireName(op.layer()) + " weight="
                + ConstantText.print(op.weight()) + " bias=" + ConstantText.print(op.bias()) + epilogue(op.epilogue());
    }

    @Override
    public String batchNorm(Op.BatchNorm op) {
        return "batchnorm" + operands + " norm=" + ConstantText.print(op.norm());
    }

    @Override
    public String activate(Op.Activate op) {
        return "activate" + operands + activation(op.activation());
    }

    @Override
    public String add(Op.Add op) {
        return "add" + operands + activation(op.activation());
    }

    @Override
    public String maxPool(Op.MaxPool op) {
        return "maxpool" + operands + window(op.window());
    }

    @Override
    public String globalAvgPool(Op.GlobalAvgPool op) {
        return "avgpool" + operands;
    }

    @Override
    public String flatten(Op.Flatten op) {
        return "flatten" + operands;
    }

    @Override
    public String quantize(Op.Quantize op) {
        return "quantize" + operands;
    }

    @Override
    public String dequantize(Op.Dequantize op) {
        return "dequantize" + operands;
    }

    @Override
    public String output(Op.Output op) {
        return "output" + operands;
    }

    private static String window(Window w) {
        return " window=" + w.kernelH() + "x" + w.kernelW() + " stride=" + w.strideH() + "x" + w.strideW() + " pad="
                + w.top() + "," + w.left() + "," + w.bottom() + "," + w.right();
    }

    private static String epilogue(Epilogue epilogue) {
        return activation(epilogue.activation()) + " residual=" + epilogue.residual();
    }

    private static String activation(Activation activation) {
        return " activation=" + activation.text();
    }
}
