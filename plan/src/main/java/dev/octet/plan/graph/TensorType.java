package dev.octet.plan.graph;

import java.util.Objects;
import java.util.Optional;

/**
 * Static type of a value. Element types and scales are decided by topology alone, before any data is seen.
 *
 * @param element element type
 * @param shape logical shape of one image
 * @param scale for quantised integers, the calibration key (the name of a traced value) whose range gives the scale;
 *     empty for {@link ElementType#F32} and for raw pixels
 * @param storage memory layout; empty until the layout pass has run
 */
public record TensorType(ElementType element, Shape shape, Optional<String> scale, Optional<ChannelMap> storage) {
    public TensorType {
        Objects.requireNonNull(element);
        Objects.requireNonNull(shape);
        Objects.requireNonNull(scale);
        Objects.requireNonNull(storage);
        if (element == ElementType.F32 && scale.isPresent()) {
            throw new IllegalArgumentException("f32 has no scale, got " + scale.get());
        }
        if (storage.isPresent() && storage.get().channels() != shape.channels()) {
            throw new IllegalArgumentException("channel map " + storage.get() + " does not fit shape " + shape);
        }
    }

    /** Float tensor before layout. */
    public static TensorType f32(Shape shape) {
        return new TensorType(ElementType.F32, shape, Optional.empty(), Optional.empty());
    }

    /** Quantised tensor before layout. */
    public static TensorType quantized(ElementType element, Shape shape, String scale) {
        return new TensorType(element, shape, Optional.of(scale), Optional.empty());
    }

    /** Raw unsigned bytes, as they come from an image. */
    public static TensorType pixels(Shape shape) {
        return new TensorType(ElementType.U8, shape, Optional.empty(), Optional.empty());
    }

    /** The same type, laid out. */
    public TensorType withStorage(ChannelMap map) {
        return new TensorType(element, shape, scale, Optional.of(map));
    }

    /** Whether bytes of both types stand for the same numbers. */
    public boolean hasNumbersOf(TensorType other) {
        return element == other.element && scale.equals(other.scale);
    }

    /** Bytes of one image in memory; only once laid out. */
    public long bytesPerImage() {
        return (long) storage.orElseThrow().pitch() * shape.pixels() * element.bytes();
    }
}
