package dev.octet.runtime.cpu;

/** A value of all images of a session in memory. Operators see it as rows of floats, one channel at a time. */
abstract class Tensor {
    private final Layout layout;

    Tensor(Layout layout) {
        this.layout = layout;
    }

    final Layout layout() {
        return layout;
    }

    /** Index of an element. */
    final int index(int image, int channel, int pixel) {
        return image * layout.imageStride() + layout.offset(channel) + pixel * layout.pixelStride();
    }

    /** Reads {@code count} pixels of a channel, {@code step} apart, into {@code to[at...]}. */
    abstract void read(int image, int channel, int pixel, int step, int count, float[] to, int at);

    /** Reads pixels of some neighbouring channels, each into its own row. */
    void read(int image, int channel, int channels, int pixel, int step, int count, float[][] to, int at) {
        for (int c = 0; c < channels; c++) {
            read(image, channel + c, pixel, step, count, to[c], at);
        }
    }

    /** Writes pixels of some neighbouring channels, each from its own row. */
    void write(int image, int channel, int channels, int pixel, int count, float[][] from, int at) {
        for (int c = 0; c < channels; c++) {
            write(image, channel + c, pixel, count, from[c], at);
        }
    }

    /** Writes neighbouring pixels of a channel from {@code from[at...]}; an integer tensor rounds to nearest even. */
    abstract void write(int image, int channel, int pixel, int count, float[] from, int at);

    /** Sets the lanes that hold no channel to zero; memory is shared by several values over time. */
    abstract void clearPadding(int image, int pixel, int count);

    /** A copy of the first images, little-endian. */
    abstract byte[] bytes(int images);
}
