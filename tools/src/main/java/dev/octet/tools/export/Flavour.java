package dev.octet.tools.export;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.ElementType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** For which runtime a model is written: how it holds activations, and where it wants them rounded. */
public enum Flavour {
    /**
     * ONNX Runtime on a CPU. All activations are unsigned bytes, since its kernels want inputs and results of one type:
     * zero point 0 where Octet's are {@code u8}, 128 where they are {@code s8}. Sums are of rounded operands.
     */
    ORT,
    /**
     * TensorRT with explicit quantisation. All activations are signed bytes of zero point 0; a residual is rounded, but not
     * the convolution that it is added to, so that the sum is part of the convolution's kernel.
     */
    TENSORRT;

    /** Bytes of a tensor: the real number of q is {@code (q - zero) * amax / steps}. */
    enum Encoding {
        UNSIGNED(OnnxType.UINT8, 0, 255),
        SIGNED(OnnxType.INT8, 0, 127),
        CENTRED(OnnxType.UINT8, 128, 127);

        private final OnnxType type;
        private final int zero;
        private final int steps;

        Encoding(OnnxType type, int zero, int steps) {
            this.type = type;
            this.zero = zero;
            this.steps = steps;
        }

        OnnxType type() {
            return type;
        }

        int zero() {
            return zero;
        }

        int steps() {
            return steps;
        }
    }

    /** The flavour of a name; throws {@link OctetException} {@link ExportCode#FLAVOUR} if there is none. */
    public static Flavour named(String name) {
        return Arrays.stream(values())
                .filter(flavour -> flavour.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new OctetException(
                        ExportCode.FLAVOUR,
                        name,
                        Arrays.stream(values()).map(Flavour::text).collect(Collectors.joining(", "))));
    }

    /** The name. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Encoding encoding(ElementType element) {
        if (this == TENSORRT) {
            return Encoding.SIGNED;
        }
        return element == ElementType.U8 ? Encoding.UNSIGNED : Encoding.CENTRED;
    }

    /** Whether a convolution is rounded before a residual is added to it. */
    boolean roundsBeforeSums() {
        return this == ORT;
    }

    /** Whether biases are integers of the accumulator's scale, rather than floats. */
    boolean hasIntegerBiases() {
        return this == ORT;
    }
}
