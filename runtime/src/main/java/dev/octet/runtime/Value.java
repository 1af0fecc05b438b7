package dev.octet.runtime;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A value of the last run, as it lay in memory.
 *
 * @param name name in the definition, or of an inserted conversion
 * @param type its type: element type, shape and layout
 * @param images number of images
 * @param bytes integers pixel after pixel with padding lanes, floats little-endian in logical order
 */
public record Value(String name, TensorType type, int images, byte[] bytes) {
    /** The element at a logical position: the integer of a quantised value, or the float. */
    public float at(int image, int channel, int row, int column) {
        int pixel = row * type.shape().width() + column;
        int elements = bytes.length / type.element().bytes() / images;
        if (type.element() == ElementType.F32) {
            int index = image * elements + channel * type.shape().pixels() + pixel;
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(index * Float.BYTES);
        }
        ChannelMap map = type.storage().orElseThrow();
        byte value = bytes[image * elements + pixel * map.pitch() + map.lane(channel)];
        return type.element() == ElementType.S8 ? value : Byte.toUnsignedInt(value);
    }
}
