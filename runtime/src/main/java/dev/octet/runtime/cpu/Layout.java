package dev.octet.runtime.cpu;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Shape;

/** Where the elements of one image's tensor lie: {@code offset(channel) + pixel * pixelStride}. */
final class Layout {
    private final Shape shape;
    private final int[] offsets;
    private final int[] padding;
    private final int pixelStride;
    private final int imageStride;

    private Layout(Shape shape, int[] offsets, int[] padding, int pixelStride, int imageStride) {
        this.shape = shape;
        this.offsets = offsets;
        this.padding = padding;
        this.pixelStride = pixelStride;
        this.imageStride = imageStride;
    }

    /** Pixel after pixel, channels where the map says. */
    static Layout pixels(Shape shape, ChannelMap map) {
        int[] offsets = new int[shape.channels()];
        boolean[] used = new boolean[map.pitch()];
        for (int c = 0; c < offsets.length; c++) {
            offsets[c] = map.lane(c);
            used[offsets[c]] = true;
        }
        int[] padding = new int[map.pitch() - offsets.length];
        for (int lane = 0, next = 0; lane < used.length; lane++) {
            if (!used[lane]) {
                padding[next++] = lane;
            }
        }
        int image = Math.multiplyExact(map.pitch(), shape.pixels());
        return new Layout(shape, offsets, padding, map.pitch(), image);
    }

    /** Plane after plane: logical (channel, row, column) order. */
    static Layout planes(Shape shape) {
        int[] offsets = new int[shape.channels()];
        for (int c = 0; c < offsets.length; c++) {
            offsets[c] = c * shape.pixels();
        }
        return new Layout(shape, offsets, new int[0], 1, shape.elements());
    }

    Shape shape() {
        return shape;
    }

    /** Offset of a channel's first pixel. */
    int offset(int channel) {
        return offsets[channel];
    }

    /** Whether {@code count} channels lie side by side, in order. */
    boolean areNeighbours(int channel, int count) {
        for (int c = 1; c < count; c++) {
            if (offsets[channel + c] != offsets[channel] + c) {
                return false;
            }
        }
        return true;
    }

    /** Lanes of a pixel that hold no channel. */
    int[] padding() {
        return padding;
    }

    /** Elements between neighbouring pixels. */
    int pixelStride() {
        return pixelStride;
    }

    /** Elements of one image, padding lanes included. */
    int imageStride() {
        return imageStride;
    }

    /** Whether memory order is pixel after pixel, channels in order, without padding: that of raw images. */
    boolean isRawOrder() {
        return pixelStride == shape.channels() && isAscending(1);
    }

    /** Whether memory order is logical (channel, row, column) order. */
    boolean isLogicalOrder() {
        return imageStride == shape.elements()
                && (pixelStride == 1 || shape.pixels() == 1)
                && isAscending(shape.pixels());
    }

    private boolean isAscending(int stride) {
        for (int c = 0; c < offsets.length; c++) {
            if (offsets[c] != c * stride) {
                return false;
            }
        }
        return true;
    }
}
