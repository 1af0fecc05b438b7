package dev.octet.tools.onnx;

import dev.octet.tools.onnx.source.ClassHead.ImagePort;
import java.util.List;
import java.util.Optional;

/**
 * How bytes of an image become the numbers of an input: {@code (byte * scale - mean[c]) / std[c]}.
 *
 * @param order GRAY, RGB or BGR: the order in which the network wants the channels
 * @param scale factor, as a number or a quotient such as {@code 1/255}
 * @param mean one number for each channel, separated by commas; empty for zeros
 * @param std one positive number for each channel; empty for ones
 */
public record ImageOption(String order, String scale, String mean, String std) {
    private static final List<String> ORDERS = List.of("GRAY", "RGB", "BGR");

    /** Checks all parts; throws {@link OnnxCode#OPTION}. */
    public ImageOption {
        if (!ORDERS.contains(order)) {
            throw OptionText.wrong("image", order, "it is one of " + ORDERS);
        }
        OptionText.factor(scale);
        int channels = order.equals("GRAY") ? 1 : 3;
        OptionText.floats("mean", mean, channels);
        OptionText.floats("std", std, channels).forEach(value -> {
            if (value <= 0) {
                throw OptionText.wrong("std", std, "its numbers must be positive");
            }
        });
    }

    /** The option of an image's order and its other parts, which only an image has; empty without an order. */
    public static Optional<ImageOption> of(String order, String scale, String mean, String std) {
        if (!order.isEmpty()) {
            return Optional.of(new ImageOption(order, scale, mean, std));
        } else if (!scale.equals("1") || !mean.isEmpty() || !std.isEmpty()) {
            throw OptionText.wrong("image", "", "scale, mean and std need it, the order of the channels");
        }
        return Optional.empty();
    }

    /** Number of channels. */
    public int channels() {
        return order.equals("GRAY") ? 1 : 3;
    }

    /** The port's annotation. */
    ImagePort port() {
        return new ImagePort(
                order,
                OptionText.factor(scale),
                OptionText.floats("mean", mean, channels()),
                OptionText.floats("std", std, channels()));
    }
}
