package dev.octet.plan.text;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.internal.Cursor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Text of a port: {@code image [1,28,28] pixels gray scale 0.003921569 mean 0.286 std 0.353}, and {@code resize 256} where it has
 * one.
 */
final class PortText {
    private PortText() {}

    static String print(Port port) {
        return Cursor.requireName(port.name()) + " " + port.shape()
                + port.image().map(PortText::print).orElse("");
    }

    static Port parse(Cursor in) {
        String name = in.name();
        in.expect(" ");
        Shape shape = TypeText.parseShape(in);
        return new Port(name, shape, in.accept(" pixels ") ? Optional.of(parseImage(in)) : Optional.empty());
    }

    private static String print(ImageFormat image) {
        return " pixels " + orderText(image.order()) + " scale " + Decimals.text(image.scale()) + " mean "
                + decimals(image.mean()) + " std " + decimals(image.std())
                + (image.resize() == 0 ? "" : " resize " + image.resize());
    }

    private static ImageFormat parseImage(Cursor in) {
        ChannelOrder order = in.oneOf(ChannelOrder.values(), PortText::orderText);
        in.expect(" scale ");
        float scale = Decimals.parse(in);
        in.expect(" mean ");
        List<Float> mean = in.list(",", order.channels(), () -> Decimals.parse(in));
        in.expect(" std ");
        List<Float> std = in.list(",", order.channels(), () -> Decimals.parse(in));
        return new ImageFormat(
                order, scale, mean, std, in.accept(" resize ") ? in.integer(1, ImageFormat.MOST_RESIZE) : 0);
    }

    private static String orderText(ChannelOrder order) {
        return order.name().toLowerCase(Locale.ROOT);
    }

    private static String decimals(List<Float> values) {
        return values.stream().map(Decimals::text).collect(Collectors.joining(","));
    }
}
