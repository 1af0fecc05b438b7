package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.Network;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntConsumer;

/** What a classifier says about a set of images, and how long it took. */
public final class Predictions {
    private static final double NANOS = 1e9;

    /** Classes of an image that are kept. */
    private static final int KEPT = 5;

    /** Classes of each image, the largest score first. */
    private final int[][] classes;

    private final long nanos;

    private Predictions(int[][] classes, long nanos) {
        this.classes = classes;
        this.nanos = nanos;
    }

    /** Runs some images of any input. */
    private interface Runs {
        void run(int n, Buffer images, FloatBuffer scores);
    }

    /**
     * Runs a classifier over a set of images.
     *
     * @param classifier the classifier
     * @param images the images, unsigned bytes
     * @param scores scores per image
     * @param batch images per run; the last run has the rest
     * @param progress told the number of images done, after each run
     */
    public static Predictions of(Classifier classifier, Images images, int scores, int batch, IntConsumer progress) {
        return run((n, in, out) -> classifier.run(n, (ByteBuffer) in, out), images, scores, batch, progress);
    }

    /**
     * Runs a network with one input and one output over a set of images.
     *
     * @param network the network
     * @param images what its input takes
     * @param batch images per run; the last run has the rest
     * @param progress told the number of images done, after each run
     */
    public static Predictions of(Network network, Images images, int batch, IntConsumer progress) {
        int scores = network.plan().outputs().get(0).shape().elements();
        Runs runs = (n, in, out) -> network.runBatch(n, List.of(in), List.of(out));
        return run(runs, images, scores, batch, progress);
    }

    private static Predictions run(Runs runs, Images images, int scores, int batch, IntConsumer progress) {
        if (batch < 1 || scores < 1) {
            throw new IllegalArgumentException("batch and scores are positive: " + batch + ", " + scores);
        }
        FloatBuffer out = ByteBuffer.allocateDirect(Math.multiplyExact(4 * batch, scores))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        int[][] classes = new int[images.size()][];
        long nanos = 0;
        for (int from = 0; from < images.size(); from += batch) {
            int n = Math.min(batch, images.size() - from);
            Buffer in = images.buffer(from, from + n, true);
            long start = System.nanoTime();
            runs.run(n, in, out);
            nanos += System.nanoTime() - start;
            for (int i = 0; i < n; i++) {
                classes[from + i] = best(out, i * scores, scores);
            }
            progress.accept(from + n);
        }
        return new Predictions(classes, nanos);
    }

    /** Of equal scores the first goes first; a NaN comes behind all numbers. */
    private static int[] best(FloatBuffer scores, int from, int count) {
        int[] best = new int[Math.min(KEPT, count)];
        int found = 0;
        for (int i = 0; i < count; i++) {
            int place = found;
            while (place > 0 && isLarger(scores.get(from + i), scores.get(from + best[place - 1]))) {
                place--;
            }
            if (place < best.length) {
                int moved = Math.min(found, best.length - 1) - place;
                System.arraycopy(best, place, best, place + 1, moved);
                best[place] = i;
                found = Math.min(found + 1, best.length);
            }
        }
        return best;
    }

    private static boolean isLarger(float score, float other) {
        return score > other || Float.isNaN(other) && !Float.isNaN(score);
    }

    /** Number of images. */
    public int size() {
        return classes.length;
    }

    /** The class with the largest score of image {@code i}. */
    public int get(int i) {
        return classes[i][0];
    }

    /** Images per second of the runs alone, reading the files not counted. */
    public double imagesPerSecond() {
        return classes.length * NANOS / nanos;
    }

    /**
     * Whether the right class is among those with the largest scores, for each image.
     *
     * @param labels right classes
     * @param most number of classes that count, at most 5
     * @throws OctetException {@link ToolsCode#LABELS} unless there is a class for each image
     */
    public boolean[] right(int[] labels, int most) {
        if (labels.length != classes.length) {
            throw new OctetException(ToolsCode.LABELS, classes.length, labels.length);
        }
        boolean[] right = new boolean[classes.length];
        for (int i = 0; i < right.length; i++) {
            for (int k = 0; k < Math.min(most, classes[i].length); k++) {
                right[i] |= classes[i][k] == labels[i];
            }
        }
        return right;
    }

    /** Share of images whose right class is among those with the largest scores, from 0 to 1; otherwise like {@link #right}. */
    public double top(int[] labels, int most) {
        int count = 0;
        for (boolean image : right(labels, most)) {
            count += image ? 1 : 0;
        }
        return (double) count / classes.length;
    }

    /** Share of images for which both say the same class, from 0 to 1. */
    public double agreement(Predictions other) {
        if (other.classes.length != classes.length) {
            throw new IllegalArgumentException(
                    "predictions of " + classes.length + " and " + other.classes.length + " images");
        }
        int same = 0;
        for (int i = 0; i < classes.length; i++) {
            same += get(i) == other.get(i) ? 1 : 0;
        }
        return (double) same / classes.length;
    }
}
