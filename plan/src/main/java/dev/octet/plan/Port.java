package dev.octet.plan;

import dev.octet.plan.graph.Shape;
import java.util.Objects;
import java.util.Optional;

/**
 * An input or output of a network.
 *
 * @param name name in the definition
 * @param shape logical shape of one image, [C,H,W] or [features]
 * @param image how raw pixels become numbers; present on image inputs, whose values are unsigned bytes in (row, column,
 *     channel) order. Other ports have floats in logical (channel, row, column) order
 */
public record Port(String name, Shape shape, Optional<ImageFormat> image) {
    public Port {
        Objects.requireNonNull(name);
        Objects.requireNonNull(shape);
        Objects.requireNonNull(image);
        if (image.isPresent() && image.get().channels() != shape.channels()) {
            throw new IllegalArgumentException("port " + name + " has shape " + shape + " but "
                    + image.get().channels() + " image channels");
        }
        int resize = image.map(ImageFormat::resize).orElse(0);
        if (resize != 0 && resize < Math.max(shape.height(), shape.width())) {
            throw new IllegalArgumentException(
                    "port " + name + " has shape " + shape + ", which does not fit into images of resize " + resize);
        }
    }

    /** Name and kind, for messages: {@code photo (image)} or {@code meta (floats)}. */
    public String described() {
        return name + (image.isPresent() ? " (image)" : " (floats)");
    }
}
