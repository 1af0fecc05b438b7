package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.IntConsumer;

/** What a classifier says about a set of images, and how long it took. */
public final class Predictions {
    private static final double NANOS = 1e9;

    private final int[] classes;
    private final long nanos;

    private Predictions(int[] classes, long nanos) {
        this.classes = classes;
        this.nanos = nanos;
    }

    /**
     * Runs a classifier over a set of images.
     *
     * @param classifier the classifier
     * @param images the images
     * @param scores scores per image
     * @param batch images per run; the last run has the rest
     * @param progress told the number of images done, after each run
     */
    public static Predictions of(Classifier classifier, ImageSet images, int scores, int batch, IntConsumer progress) {
        if (batch < 1 || scores < 1) {
            throw new IllegalArgumentException("batch and scores are positive: " + batch + ", " + scores);
        }
        ByteBuffer in = ByteBuffer.allocateDirect(Math.multiplyExact(batch, images.recordBytes()));
        FloatBuffer out = ByteBuffer.allocateDirect(Math.multiplyExact(4 * batch, scores))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        int[] classes = new int[images.size()];
        long nanos = 0;
        for (int from = 0; from < images.size(); from += batch) {
            int n = Math.min(batch, images.size() - from);
            in.clear().put(images.slice(from, from + n)).flip();
            long start = System.nanoTime();
            classifier.run(n, in, out);
            nanos += System.nanoTime() - start;
            for (int i = 0; i < n; i++) {
                classes[from + i] = argmax(out, i * scores, scores);
            }
            progress.accept(from + n);
        }
        return new Predictions(classes, nanos);
    }

    /** The first of the largest; a NaN is never the largest. */
    private static int argmax(FloatBuffer scores, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (scores.get(from + i) > scores.get(from + best) || Float.isNaN(scores.get(from + best))) {
                best = i;
            }
        }
        return best;
    }

    /** Number of images. */
    public int size() {
        return classes.length;
    }

    /** The class with the largest score of image {@code i}. */
    public int get(int i) {
        return classes[i];
    }

    /** Images per second of the runs alone, reading the files not counted. */
    public double imagesPerSecond() {
        return classes.length * NANOS / nanos;
    }

    /** Share of images whose largest score is the label's, from 0 to 1. */
    public double top1(ImageSet labels) {
        if (labels.size() != classes.length) {
            throw new OctetException(ToolsCode.LABELS, classes.length, labels.size());
        }
        int right = 0;
        for (int i = 0; i < classes.length; i++) {
            right += classes[i] == labels.label(i) ? 1 : 0;
        }
        return (double) right / classes.length;
    }

    /** Share of images for which both say the same class, from 0 to 1. */
    public double agreement(Predictions other) {
        if (other.classes.length != classes.length) {
            throw new IllegalArgumentException(
                    "predictions of " + classes.length + " and " + other.classes.length + " images");
        }
        int same = 0;
        for (int i = 0; i < classes.length; i++) {
            same += classes[i] == other.classes[i] ? 1 : 0;
        }
        return (double) same / classes.length;
    }
}
