package dev.octet.runtime.cpu;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A tensor of signed or unsigned bytes. */
final class ByteTensor extends Tensor {
    /**
     * 1.5 * 2^23. A float of at most 2^22 added to it rounds to an integer, half to even, as {@link Math#rint} does;
     * the low bits of the sum are that integer in two's complement.
     */
    private static final float ROUNDER = 0x1.8p23f;

    private final byte[] data;
    private final boolean signed;

    ByteTensor(Layout layout, byte[] data, boolean signed) {
        super(layout);
        this.data = data;
        this.signed = signed;
    }

    /** Copies raw images, HWC bytes from the buffer's position, which does not move. */
    void load(ByteBuffer images, int count) {
        Layout layout = layout();
        if (layout.isRawOrder()) {
            images.get(images.position(), data, 0, count * layout.imageStride());
            return;
        }
        int next = images.position();
        for (int image = 0; image < count; image++) {
            for (int pixel = 0; pixel < layout.shape().pixels(); pixel++) {
                for (int c = 0; c < layout.shape().channels(); c++) {
                    data[index(image, c, pixel)] = images.get(next++);
                }
            }
            clearPadding(image, 0, layout.shape().pixels());
        }
    }

    @Override
    void read(int image, int channel, int pixel, int step, int count, float[] to, int at) {
        int from = index(image, channel, pixel);
        int stride = step * layout().pixelStride();
        if (signed) {
            for (int i = 0; i < count; i++) {
                to[at + i] = data[from + i * stride];
            }
        } else {
            for (int i = 0; i < count; i++) {
                to[at + i] = data[from + i * stride] & 0xff;
            }
        }
    }

    @Override
    void write(int image, int channel, int pixel, int count, float[] from, int at) {
        int to = index(image, channel, pixel);
        int stride = layout().pixelStride();
        for (int i = 0; i < count; i++) {
            data[to + i * stride] = (byte) Float.floatToRawIntBits(from[at + i] + ROUNDER);
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
        return Arrays.copyOf(data, images * layout().imageStride());
    }
}
