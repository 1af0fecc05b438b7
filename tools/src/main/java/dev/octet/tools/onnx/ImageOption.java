package dev.octet.tools.onnx;

import dev.octet.plan.ImageFormat;
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
 * @param resize shorter side that image files are scaled to before their centre is cut out; 0 if they are to cover the input's shape
 */
public record ImageOption(String order, String scale, String mean, String std, int resize) {
    private static final int MOST_RESIZE = ImageFormat.MOST_RESIZE;
    private static final List<String> ORDERS = List.of("GRAY", "RGB", "BGR");

    /** Checks all parts; throws {@link OnnxCode#OPTION}. */
    public ImageOption {
        if (!ORDERS.contains(order)) {
            throw OptionText.wrong("image", order, "it is one of " + ORDERS);
        }
        OptionText.factor(scale);
        if (resize < 0 || resize > MOST_RESIZE) {
            throw OptionText.wrong("resize", resize, "it is a number of pixels from 0 to " + MOST_RESIZE);
        }
        int channels = order.equals("GRAY") ? 1 : 3;
        OptionText.floats("mean", mean, channels);
        OptionText.floats("std", std, channels).forEach(value -> {
            if (value <= 0) {
                throw OptionText.wrong("std", std, "its numbers must be positive");
            }
        });
    }

    /** An option whose image files cover the input's shape. */
    public ImageOption(String order, String scale, String mean, String std) {
        this(order, scale, mean, std, 0);
    }

    /** The option of an image's order and its other parts, which only an image has; empty without an order. */
    public static Optional<ImageOption> of(String order, String scale, String mean, String std) {
        return of(order, scale, mean, std, 0);
    }

    /** The same with a size that image files are scaled to. */
    public static Optional<ImageOption> of(String order, String scale, String mean, String std, int resize) {
        if (!order.isEmpty()) {
            return Optional.of(new ImageOption(order, scale, mean, std, resize));
        } else if (!scale.equals("1") || !mean.isEmpty() || !std.isEmpty() || resize != 0) {
            throw OptionText.wrong("image", "", "scale, mean, std and resize need it, the order of the channels");
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
                OptionText.floats("std", std, channels()),
                resize);
    }
}
