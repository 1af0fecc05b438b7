package dev.octet.plan.text;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Window;
import dev.octet.plan.internal.Cursor;
import java.util.List;
import java.util.Optional;

/** Parses what {@link OpPrinter} prints. */
final class OpParser {
    private static final int MAX_EXTENT = 1 << 20;

    private final Cursor in;
    private final String kind;
    private final List<Integer> operands;

    /** Reads an operator's name and operands; {@link #op} reads the rest. */
    OpParser(Cursor in) {
        this.in = in;
        this.kind = in.name();
        in.expect("(");
        this.operands = in.accept(")") ? List.of() : parseOperands();
    }

    private List<Integer> parseOperands() {
        List<Integer> ids = in.list(",", 2, () -> GraphParser.parseId(in));
        in.expect(")");
        return ids;
    }

    /** Ids of the operands. */
    List<Integer> operands() {
        return operands;
    }

    /** Reads the attributes. */
    Op op() {
        return switch (kind) {
            case "input" -> new Op.Input();
            case "conv2d" -> conv2d();
            case "dense" -> new Op.Dense(layer(), weight(), bias(), epilogue());
            case "batchnorm" -> batchNorm();
            case "activate" -> new Op.Activate(activation());
            case "add" -> new Op.Add(activation());
            case "maxpool" -> new Op.MaxPool(window());
            case "avgpool" -> new Op.GlobalAvgPool();
            case "flatten" -> new Op.Flatten();
            case "quantize" -> new Op.Quantize();
            case "dequantize" -> new Op.Dequantize();
            case "output" -> new Op.Output();
            default -> throw new IllegalArgumentException("unknown operator '" + kind + "'");
        };
    }

    private Op conv2d() {
        return new Op.Conv2d(layer(), weight(), bias(), window(), epilogue());
    }

    private Op batchNorm() {
        in.expect(" norm=");
        return new Op.BatchNorm(ConstantText.parseNorm(in));
    }

    private String layer() {
        in.expect(" layer=");
        return in.name();
    }

    private Constant weight() {
        in.expect(" weight=");
        return ConstantText.parse(in);
    }

    private Optional<Constant> bias() {
        in.expect(" bias=");
        return ConstantText.parseOptional(in);
    }

    private Window window() {
        in.expect(" window=");
        int kernelH = extent();
        in.expect("x");
        int kernelW = extent();
        in.expect(" stride=");
        int strideH = extent();
        in.expect("x");
        int strideW = extent();
        in.expect(" pad=");
        List<Integer> pad = in.list(",", 4, this::extent);
        if (pad.size() != 4) {
            throw new IllegalArgumentException("padding has 4 sides, found " + pad);
        }
        return new Window(kernelH, kernelW, strideH, strideW, pad.get(0), pad.get(1), pad.get(2), pad.get(3));
    }

    private int extent() {
        return in.integer(0, MAX_EXTENT);
    }

    private Epilogue epilogue() {
        Activation activation = activation();
        in.expect(" residual=");
        return new Epilogue(in.flag(), activation);
    }

    private Activation activation() {
        in.expect(" activation=");
        return in.oneOf(Activation.values(), Activation::text);
    }
}
