package dev.octet.runtime.cpu;

/**
 * A tensor of bytes as an operator in float arithmetic sees it: it reads the numbers that the bytes stand for, and what it
 * writes is brought to steps and to their limits. The bytes themselves are rounded when they are written.
 */
final class BorderView extends Tensor {
    private final Tensor bytes;
    private final Border border;

    /**
     * How numbers and steps correspond.
     *
     * @param scale number of one step, for reading
     * @param inverse steps of a number, for writing
     * @param lo lower limit of steps
     * @param hi upper limit of steps
     */
    record Border(float scale, float inverse, float lo, float hi) {}

    BorderView(Tensor bytes, Border border) {
        super(bytes.layout());
        this.bytes = bytes;
        this.border = border;
    }

    @Override
    void read(int image, int channel, int pixel, int step, int count, float[] to, int at) {
        bytes.read(image, channel, pixel, step, count, to, at);
        for (int i = at; i < at + count; i++) {
            to[i] *= border.scale();
        }
    }

    @Override
    void write(int image, int channel, int pixel, int count, float[] from, int at) {
        float[] steps = new float[count];
        for (int i = 0; i < count; i++) {
            steps[i] = Math.min(Math.max(from[at + i] * border.inverse(), border.lo()), border.hi());
        }
        bytes.write(image, channel, pixel, count, steps, 0);
    }

    @Override
    void clearPadding(int image, int pixel, int count) {
        bytes.clearPadding(image, pixel, count);
    }

    @Override
    byte[] bytes(int images) {
        return bytes.bytes(images);
    }
}
