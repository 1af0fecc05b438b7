package dev.octet.tools.accuracy;

import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import java.util.Optional;

/** Sums over images of every element of a value, in double and in the order of the images. */
final class PlaneSums {
    private final Shape shape;
    private final double[][] planes;
    private long images;

    PlaneSums(Shape shape) {
        this.shape = shape;
        this.planes = new double[shape.channels()][shape.pixels()];
    }

    void add(RealValue value) {
        for (int c = 0; c < planes.length; c++) {
            float[] numbers = value.channel(c);
            for (int i = 0; i < numbers.length; i++) {
                planes[c][i % planes[c].length] += numbers[i];
            }
        }
        images += value.images();
    }

    /**
     * What a layer reads on average.
     *
     * @param window the layer's; empty for a dense layer, whose taps are the pixels
     * @return mean over images and output pixels, by channel and tap; padding counts as zero
     */
    double[][] patch(Optional<Window> window) {
        return window.map(this::windows).orElseGet(this::pixels);
    }

    private double[][] pixels() {
        double[][] means = new double[planes.length][shape.pixels()];
        for (int c = 0; c < planes.length; c++) {
            for (int i = 0; i < means[c].length; i++) {
                means[c][i] = planes[c][i] / images;
            }
        }
        return means;
    }

    private double[][] windows(Window window) {
        double[][] means = new double[planes.length][window.taps()];
        double count = (double) images * window.outHeight(shape.height()) * window.outWidth(shape.width());
        for (int c = 0; c < planes.length; c++) {
            for (int tap = 0; tap < window.taps(); tap++) {
                means[c][tap] = tapSum(window, planes[c], tap) / count;
            }
        }
        return means;
    }

    private double tapSum(Window window, double[] plane, int tap) {
        int top = tap / window.kernelW() * window.dilationH() - window.top();
        int left = tap % window.kernelW() * window.dilationW() - window.left();
        double sum = 0;
        for (int row = 0; row < window.outHeight(shape.height()); row++) {
            int y = row * window.strideH() + top;
            for (int column = 0; column < window.outWidth(shape.width()); column++) {
                int x = column * window.strideW() + left;
                if (y >= 0 && y < shape.height() && x >= 0 && x < shape.width()) {
                    sum += plane[y * shape.width() + x];
                }
            }
        }
        return sum;
    }
}
