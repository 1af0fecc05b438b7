package dev.octet.plan.text;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Window;
import dev.octet.plan.internal.Cursor;
import java.util.stream.Collectors;

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
                + (op.groups() == 1 ? "" : " groups=" + op.groups()) + epilogue(op.epilogue());
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
    public String gate(Op.Gate op) {
        return "gate" + operands;
    }

    @Override
    public String concat(Op.Concat op) {
        return "concat" + operands;
    }

    @Override
    public String sliceChannels(Op.SliceChannels op) {
        return "slice" + operands + " channels=" + op.first() + "+" + op.count();
    }

    @Override
    public String padChannels(Op.PadChannels op) {
        return "pad" + operands + " channels=" + op.before() + "," + op.after();
    }

    @Override
    public String upsample(Op.Upsample op) {
        return "upsample" + operands + " by=" + op.rows() + "x" + op.columns();
    }

    @Override
    public String extension(Op.Extension op) {
        String attributes = op.attributes().entrySet().stream()
                .map(e -> Cursor.requireName(e.getKey()) + ":" + e.getValue())
                .collect(Collectors.joining(","));
        return "extension" + operands + " operator=" + Cursor.requireName(op.operator()) + " attributes=[" + attributes
                + "]";
    }

    @Override
    public String maxPool(Op.MaxPool op) {
        return "maxpool" + operands + window(op.window());
    }

    @Override
    public String avgPool(Op.AvgPool op) {
        return "avgpool" + operands + window(op.window()) + " counted=" + border(op.counted());
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
    public String softmax(Op.Softmax op) {
        return "softmax" + operands;
    }

    @Override
    public String requantize(Op.Requantize op) {
        return "requantize" + operands;
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
        return " window=" + w.kernelH() + "x" + w.kernelW() + " stride=" + w.strideH() + "x" + w.strideW()
                + (w.isDilated() ? " dilation=" + w.dilationH() + "x" + w.dilationW() : "") + " pad="
                + border(w.padding());
    }

    private static String border(Border border) {
        return border.top() + "," + border.left() + "," + border.bottom() + "," + border.right();
    }

    private static String epilogue(Epilogue epilogue) {
        return activation(epilogue.activation()) + " residual=" + epilogue.residual();
    }

    private static String activation(Activation activation) {
        String alpha = activation.kind().hasAlpha() ? "(" + Decimals.text(activation.alpha()) + ")" : "";
        return " activation=" + activation.kind().text() + alpha;
    }
}
