package dev.octet.tools.export;

import java.util.Objects;

/**
 * How a model is written.
 *
 * @param flavour for which runtime
 * @param pixels whether images are unsigned bytes in (image, row, column, channel) order, whose preparation is part of the
 *     model; else they are the numbers that the image's format makes of them, in (image, channel, row, column) order
 */
public record QdqOptions(Flavour flavour, boolean pixels) {
    public QdqOptions {
        Objects.requireNonNull(flavour);
    }
}
