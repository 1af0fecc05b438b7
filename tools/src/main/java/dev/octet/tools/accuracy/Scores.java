package dev.octet.tools.accuracy;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.ToolsCode;
import java.util.stream.IntStream;

/** What a classifier says of each of some images. */
public final class Scores {
    private final float[][] scores;

    /**
     * Scores.
     *
     * @param scores per image and class; at least one image, and as many classes of each
     */
    public Scores(float[][] scores) {
        if (scores.length == 0 || scores[0].length == 0) {
            throw new IllegalArgumentException("scores of no image or no class");
        }
        for (float[] image : scores) {
            if (image.length != scores[0].length) {
                throw new IllegalArgumentException("images with different numbers of classes");
            }
        }
        this.scores = scores.clone();
    }

    /** Number of images. */
    public int size() {
        return scores.length;
    }

    /** The scores, per image and class. */
    public float[][] values() {
        float[][] copy = new float[scores.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = scores[i].clone();
        }
        return copy;
    }

    /** The first class with the largest score of an image. */
    public int best(int image) {
        int best = 0;
        for (int i = 1; i < scores[image].length; i++) {
            best = scores[image][i] > scores[image][best] ? i : best;
        }
        return best;
    }

    /** Whether the class with the largest score is the right one, per image. */
    public boolean[] right(int[] labels) {
        if (labels.length != scores.length) {
            throw new OctetException(ToolsCode.LABELS, scores.length, labels.length);
        }
        boolean[] right = new boolean[scores.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = best(i) == labels[i];
        }
        return right;
    }

    /** Share of images whose class is the right one, from 0 to 1. */
    public double top1(int[] labels) {
        boolean[] right = right(labels);
        return (double) IntStream.range(0, right.length).filter(i -> right[i]).count() / right.length;
    }

    /** Share of images for which others say the same class, from 0 to 1. */
    public double agreement(Scores others) {
        requireSame(others);
        return (double) IntStream.range(0, size())
                        .filter(i -> best(i) == others.best(i))
                        .count()
                / size();
    }

    /** Signal to noise ratio of these scores, as approximations of others, in dB: the mean over the images. */
    public double meanSnr(Scores exact) {
        requireSame(exact);
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            ErrorSums sums = new ErrorSums();
            sums.add(exact.scores[i], scores[i]);
            sum += sums.snr();
        }
        return sum / size();
    }

    private void requireSame(Scores others) {
        if (others.size() != size()) {
            throw new IllegalArgumentException("scores of " + size() + " and " + others.size() + " images");
        }
    }
}
