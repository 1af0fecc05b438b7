package dev.octet.plan.graph;

/**
 * Sliding window of a convolution or pooling, over an image that is padded on each side.
 *
 * @param kernelH rows of the window
 * @param kernelW columns of the window
 * @param strideH rows between windows
 * @param strideW columns between windows
 * @param dilationH rows between taps of a window
 * @param dilationW columns between taps of a window
 * @param padding pixels around the image; less than a window spans
 */
public record Window(int kernelH, int kernelW, int strideH, int strideW, int dilationH, int dilationW, Border padding) {
    public Window {
        if (kernelH < 1 || kernelW < 1 || strideH < 1 || strideW < 1 || dilationH < 1 || dilationW < 1) {
            throw new IllegalArgumentException("kernel, stride and dilation are positive");
        }
        int spanH = span(kernelH, dilationH);
        int spanW = span(kernelW, dilationW);
        if (padding.top() >= spanH
                || padding.bottom() >= spanH
                || padding.left() >= spanW
                || padding.right() >= spanW) {
            throw new IllegalArgumentException("padding is smaller than the kernel");
        }
    }

    /** A window of neighbouring taps. */
    public Window(int kernelH, int kernelW, int strideH, int strideW, int top, int left, int bottom, int right) {
        this(kernelH, kernelW, strideH, strideW, 1, 1, new Border(top, left, bottom, right));
    }

    private static int span(int kernel, int dilation) {
        return Math.addExact(Math.multiplyExact(kernel - 1, dilation), 1);
    }

    /** Rows from the first to the last tap, both included. */
    public int spanH() {
        return span(kernelH, dilationH);
    }

    /** Columns from the first to the last tap, both included. */
    public int spanW() {
        return span(kernelW, dilationW);
    }

    /** Padding above. */
    public int top() {
        return padding.top();
    }

    /** Padding to the left. */
    public int left() {
        return padding.left();
    }

    /** Padding below. */
    public int bottom() {
        return padding.bottom();
    }

    /** Padding to the right. */
    public int right() {
        return padding.right();
    }

    /** Output height for an input height; less than 1 if the window does not fit. */
    public int outHeight(int height) {
        return Math.floorDiv(height + top() + bottom() - spanH(), strideH) + 1;
    }

    /** Output width for an input width; less than 1 if the window does not fit. */
    public int outWidth(int width) {
        return Math.floorDiv(width + left() + right() - spanW(), strideW) + 1;
    }

    /** Number of taps. */
    public int taps() {
        return kernelH * kernelW;
    }

    /** Whether taps have gaps between them. */
    public boolean isDilated() {
        return dilationH > 1 || dilationW > 1;
    }
}
