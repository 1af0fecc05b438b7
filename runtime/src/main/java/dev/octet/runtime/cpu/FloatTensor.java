package dev.octet.runtime.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A tensor of floats. */
final class FloatTensor extends Tensor {
    private final float[] data;

    FloatTensor(Layout layout, float[] data) {
        super(layout);
        this.data = data;
    }

    /** The elements, image after image as laid out; later images of the session follow. */
    float[] data() {
        return data;
    }

    /** Copies values in logical order from the buffer's position, which does not move. */
    void load(FloatBuffer values, int count) {
        if (!layout().isLogicalOrder()) {
            throw new IllegalStateException("inputs are in logical order: " + layout().shape());
        }
        values.get(values.position(), data, 0, count * layout().imageStride());
    }

    /** Copies results in logical order to the buffer, from its position, which does not move. */
    void store(FloatBuffer results, int count) {
        Layout layout = layout();
        if (layout.isLogicalOrder()) {
            results.put(results.position(), data, 0, count * layout.imageStride());
            return;
        }
        int next = results.position();
        for (int image = 0; image < count; image++) {
            for (int c = 0; c < layout.shape().channels(); c++) {
                for (int pixel = 0; pixel < layout.shape().pixels(); pixel++) {
                    results.put(next++, data[index(image, c, pixel)]);
                }
            }
        }
    }

    @Override
    void read(int image, int channel, int pixel, int step, int count, float[] to, int at) {
        int from = index(image, channel, pixel);
        int stride = step * layout().pixelStride();
        if (stride == 1) {
            System.arraycopy(data, from, to, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[at + i] = data[from + i * stride];
        }
    }

    @Override
    void write(int image, int channel, int pixel, int count, float[] from, int at) {
        int to = index(image, channel, pixel);
        int stride = layout().pixelStride();
        for (int i = 0; i < count; i++) {
            data[to + i * stride] = from[at + i];
        }
    }

    @Override
    void clearPadding(int image, int pixel, int count) {
        int stride = layout().pixelStride();
        int first = image * layout().imageStride() + pixel * stride;
        for (int lane : layout().padding()) {
            for (int i = 0; i < count; i++) {
                data[first + lane + i * stride] = 0;
            }
        }
    }

    @Override
    byte[] bytes(int images) {
        int count = images * layout().imageStride();
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(data, 0, count);
        return bytes.array();
    }
}
