package dev.octet.tools.accuracy;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The real numbers of a value of some images, read from the bytes that a device has of it.
 *
 * @param node what made the value
 * @param images number of images
 * @param step the number that one step of an integer stands for; 1 for floats
 * @param bytes the value as it lies in memory
 */
record RealValue(Node node, int images, double step, byte[] bytes) {
    int channels() {
        return node.type().shape().channels();
    }

    int pixels() {
        return node.type().shape().pixels();
    }

    /** Number {@code image * pixels + pixel} is that of a pixel: the numbers of one channel. */
    float[] channel(int channel) {
        float[] numbers = new float[images * pixels()];
        read(channel, numbers);
        return numbers;
    }

    private void read(int channel, float[] to) {
        int pixels = pixels();
        ElementType element = node.type().element();
        int perImage = bytes.length / element.bytes() / images;
        boolean planes = node.isLogicalOrder() || node.type().storage().isEmpty();
        ChannelMap map = node.type().storage().orElse(null);
        int first = planes ? channel * pixels : map.lane(channel);
        int stride = planes ? 1 : map.pitch();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < to.length; i++) {
            int index = i / pixels * perImage + first + i % pixels * stride;
            to[i] = (float) (step
                    * switch (element) {
                        case F32 -> buffer.getFloat(index * Float.BYTES);
                        case S8 -> bytes[index];
                        case U8 -> Byte.toUnsignedInt(bytes[index]);
                    });
        }
    }
}
