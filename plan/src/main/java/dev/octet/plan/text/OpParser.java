package dev.octet.plan.text;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Window;
import dev.octet.plan.internal.Cursor;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parses what {@link OpPrinter} prints. */
final class OpParser {
    private static final int MAX_EXTENT = 1 << 20;
    private static final int MAX_OPERANDS = 1 << 10;

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
        List<Integer> ids = in.list(",", MAX_OPERANDS, () -> GraphParser.parseId(in));
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
            case "gate" -> new Op.Gate();
            case "concat" -> new Op.Concat(operands.size());
            case "slice" -> slice();
            case "pad" -> pad();
            case "upsample" -> upsample();
            case "extension" -> extension();
            case "maxpool" -> new Op.MaxPool(window());
            case "avgpool" -> avgPool();
            case "flatten" -> new Op.Flatten();
            case "softmax" -> new Op.Softmax();
            case "requantize" -> new Op.Requantize();
            case "quantize" -> new Op.Quantize();
            case "dequantize" -> new Op.Dequantize();
            case "output" -> new Op.Output();
            default -> throw new IllegalArgumentException("unknown operator '" + kind + "'");
        };
    }

    private Op conv2d() {
        return new Op.Conv2d(layer(), weight(), bias(), window(), groups(), epilogue());
    }

    private int groups() {
        return in.accept(" groups=") ? in.integer(2, MAX_EXTENT) : 1;
    }

    private Op slice() {
        in.expect(" channels=");
        int first = extent();
        in.expect("+");
        return new Op.SliceChannels(first, extent());
    }

    private Op pad() {
        in.expect(" channels=");
        int before = extent();
        in.expect(",");
        return new Op.PadChannels(before, extent());
    }

    private Op extension() {
        in.expect(" operator=");
        String operator = in.name();
        in.expect(" attributes=[");
        SortedMap<String, Integer> attributes = new TreeMap<>();
        while (!in.accept("]")) {
            if (!attributes.isEmpty()) {
                in.expect(",");
            }
            String key = in.name();
            in.expect(":");
            attributes.put(key, in.accept("-") ? -extentOfAttribute() : extentOfAttribute());
        }
        return new Op.Extension(operator, attributes, operands.size());
    }

    private int extentOfAttribute() {
        return in.integer(0, Integer.MAX_VALUE);
    }

    private Op upsample() {
        in.expect(" by=");
        int rows = extent();
        in.expect("x");
        return new Op.Upsample(rows, extent());
    }

    /** Without a window it is the mean over all pixels. */
    private Op avgPool() {
        if (!in.isNext(" window=")) {
            return new Op.GlobalAvgPool();
        }
        Window window = window();
        in.expect(" counted=");
        return new Op.AvgPool(window, border());
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
        int dilationH = 1;
        int dilationW = 1;
        if (in.accept(" dilation=")) {
            dilationH = extent();
            in.expect("x");
            dilationW = extent();
        }
        in.expect(" pad=");
        return new Window(kernelH, kernelW, strideH, strideW, dilationH, dilationW, border());
    }

    private Border border() {
        List<Integer> sides = in.list(",", 4, this::extent);
        if (sides.size() != 4) {
            throw new IllegalArgumentException("a border has 4 sides, found " + sides);
        }
        return new Border(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
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
        Activation.Kind kind = in.oneOf(Activation.Kind.values(), Activation.Kind::text);
        if (!kind.hasAlpha()) {
            return new Activation(kind, 0);
        }
        in.expect("(");
        float alpha = Decimals.parse(in);
        in.expect(")");
        return new Activation(kind, alpha);
    }
}
