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

    /** Four channels at a time: fewer passes over the same memory. */
    @Override
    void read(int image, int channel, int channels, int pixel, int step, int count, float[][] to, int at) {
        int stride = step * layout().pixelStride();
        int c = 0;
        for (; c + 4 <= channels && layout().areNeighbours(channel + c, 4); c += 4) {
            int from = index(image, channel + c, pixel);
            if (signed) {
                readSigned(from, stride, count, to[c], to[c + 1], to[c + 2], to[c + 3], at);
            } else {
                readUnsigned(from, stride, count, to[c], to[c + 1], to[c + 2], to[c + 3], at);
            }
        }
        for (; c < channels; c++) {
            read(image, channel + c, pixel, step, count, to[c], at);
        }
    }

    private void readSigned(int from, int stride, int count, float[] a, float[] b, float[] c, float[] d, int at) {
        for (int i = 0; i < count; i++) {
            int lane = from + i * stride;
            a[at + i] = data[lane];
            b[at + i] = data[lane + 1];
            c[at + i] = data[lane + 2];
            d[at + i] = data[lane + 3];
        }
    }

    private void readUnsigned(int from, int stride, int count, float[] a, float[] b, float[] c, float[] d, int at) {
        for (int i = 0; i < count; i++) {
            int lane = from + i * stride;
            a[at + i] = data[lane] & 0xff;
            b[at + i] = data[lane + 1] & 0xff;
            c[at + i] = data[lane + 2] & 0xff;
            d[at + i] = data[lane + 3] & 0xff;
        }
    }

    @Override
    void write(int image, int channel, int channels, int pixel, int count, float[][] from, int at) {
        int c = 0;
        for (; c + 4 <= channels && layout().areNeighbours(channel + c, 4); c += 4) {
            int to = index(image, channel + c, pixel);
            write(to, count, from[c], from[c + 1], from[c + 2], from[c + 3], at);
        }
        for (; c < channels; c++) {
            write(image, channel + c, pixel, count, from[c], at);
        }
    }

    private void write(int to, int count, float[] a, float[] b, float[] c, float[] d, int at) {
        int stride = layout().pixelStride();
        for (int i = 0; i < count; i++) {
            int lane = to + i * stride;
            data[lane] = (byte) Float.floatToRawIntBits(a[at + i] + ROUNDER);
            data[lane + 1] = (byte) Float.floatToRawIntBits(b[at + i] + ROUNDER);
            data[lane + 2] = (byte) Float.floatToRawIntBits(c[at + i] + ROUNDER);
            data[lane + 3] = (byte) Float.floatToRawIntBits(d[at + i] + ROUNDER);
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
