package dev.octet.plan.graph;

/**
 * Sliding window of a convolution or pooling, in pixels.
 *
 * @param kernelH rows of the window
 * @param kernelW columns of the window
 * @param strideH rows between windows
 * @param strideW columns between windows
 * @param top padding above
 * @param left padding to the left
 * @param bottom padding below
 * @param right padding to the right
 */
public record Window(int kernelH, int kernelW, int strideH, int strideW, int top, int left, int bottom, int right) {
    public Window {
        if (kernelH < 1 || kernelW < 1 || strideH < 1 || strideW < 1) {
            throw new IllegalArgumentException("kernel and stride are positive");
        }
        if (top < 0 || left < 0 || bottom < 0 || right < 0) {
            throw new IllegalArgumentException("padding is not negative");
        }
        if (top >= kernelH || bottom >= kernelH || left >= kernelW || right >= kernelW) {
            throw new IllegalArgumentException("padding is smaller than the kernel");
        }
    }

    /** Output height for an input height; less than 1 if the window does not fit. */
    public int outHeight(int height) {
        return Math.floorDiv(height + top + bottom - kernelH, strideH) + 1;
    }

    /** Output width for an input width; less than 1 if the window does not fit. */
    public int outWidth(int width) {
        return Math.floorDiv(width + left + right - kernelW, strideW) + 1;
    }

    /** Number of taps. */
    public int taps() {
        return kernelH * kernelW;
    }
}
