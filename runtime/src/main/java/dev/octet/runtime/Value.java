package dev.octet.runtime;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A value of the last run, as it lay in memory.
 *
 * @param name name in the definition, or of an inserted conversion
 * @param type its type: element type, shape and layout
 * @param images number of images
 * @param isLogicalOrder whether its elements lie in (channel, row, column) order, not pixel after pixel as its type says
 * @param bytes elements in this order, padding lanes included, floats little-endian
 */
public record Value(String name, TensorType type, int images, boolean isLogicalOrder, byte[] bytes) {
    /** The value that a node made. */
    static Value of(Node node, int images, byte[] bytes) {
        return new Value(node.name(), node.type(), images, node.isLogicalOrder(), bytes);
    }

    /** The element at a logical position: the integer of a quantised value, or the float. */
    public float at(int image, int channel, int row, int column) {
        int pixel = row * type.shape().width() + column;
        int elements = bytes.length / type.element().bytes() / images;
        int index = image * elements
                + (isLogicalOrder ? channel * type.shape().pixels() + pixel : inPixels(channel, pixel));
        return switch (type.element()) {
            case F32 -> ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(index * Float.BYTES);
            case S8 -> bytes[index];
            case U8 -> Byte.toUnsignedInt(bytes[index]);
        };
    }

    private int inPixels(int channel, int pixel) {
        ChannelMap map = type.storage().orElseThrow();
        return pixel * map.pitch() + map.lane(channel);
    }
}
