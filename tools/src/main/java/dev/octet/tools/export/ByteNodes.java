package dev.octet.tools.export;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.quant.Ranges;
import dev.octet.tools.export.Flavour.Encoding;
import java.util.List;
import java.util.Locale;

/** Pairs of QuantizeLinear and DequantizeLinear, which say that a value is bytes. */
final class ByteNodes {
    private final OnnxModel model;
    private final Flavour flavour;
    private final Ranges ranges;

    ByteNodes(OnnxModel model, Flavour flavour, Ranges ranges) {
        this.model = model;
        this.flavour = flavour;
        this.ranges = ranges;
    }

    /** Real number of one step of a quantised tensor. */
    float scale(TensorType type) {
        return scale(type.scale().orElseThrow(), flavour.encoding(type.element()));
    }

    private float scale(String value, Encoding encoding) {
        float scale = (float) ((double) ranges.amax(value) / encoding.steps());
        if (!(scale >= Float.MIN_NORMAL)) {
            throw new OctetException(ExportCode.SCALE, value, scale);
        }
        return scale;
    }

    /** Whether the largest byte of a type stands for the limit or less, so that rounding limits as well. */
    boolean limits(TensorType type, double upper) {
        int largest = flavour.encoding(type.element()) == Encoding.UNSIGNED ? 255 : 127;
        return upper / scale(type) >= largest - 0.5;
    }

    /** Whether bytes of a type are never negative. */
    boolean isNonNegative(TensorType type) {
        return type.element().isInteger() && flavour.encoding(type.element()) == Encoding.UNSIGNED;
    }

    /** Smallest number of a quantised tensor of a symmetric range. */
    double low(TensorType type) {
        return isNonNegative(type) ? 0 : -(double) ranges.amax(type.scale().orElseThrow());
    }

    /** Largest number of a quantised tensor. */
    double high(TensorType type) {
        return ranges.amax(type.scale().orElseThrow());
    }

    /**
     * Rounds a float value to bytes, and reads them again.
     *
     * @param name prefix of all names
     * @return name of the floats that the bytes stand for
     */
    String round(String value, String name, TensorType type) {
        String key = type.scale().orElseThrow();
        Encoding encoding = flavour.encoding(type.element());
        String suffix = encoding.name().toLowerCase(Locale.ROOT);
        String scale = model.floats(key + "/scale/" + suffix, List.of(), scale(key, encoding));
        String zero =
                model.constant("/zero/" + suffix, encoding.type(), List.of(), new byte[] {(byte) encoding.zero()});
        return pair(value, name, scale, zero);
    }

    /**
     * Rounds a float value of which nothing matters outside of an interval that contains 0, to unsigned bytes.
     *
     * @param name prefix of all names
     */
    String round(String value, String name, double low, double high) {
        float step = (float) ((high - low) / 255);
        if (!(step >= Float.MIN_NORMAL) || Float.isInfinite(step)) {
            throw new OctetException(ExportCode.SCALE, name, step);
        }
        byte zero = (byte) Math.rint(-low / step);
        return pair(
                value,
                name,
                model.floats(name + "/scale", List.of(), step),
                model.constant(name + "/zero", OnnxType.UINT8, List.of(), new byte[] {zero}));
    }

    private String pair(String value, String name, String scale, String zero) {
        String bytes = model.node("QuantizeLinear", name + "/bytes", value, scale, zero);
        return model.node("DequantizeLinear", name + "/read", bytes, scale, zero);
    }
}
