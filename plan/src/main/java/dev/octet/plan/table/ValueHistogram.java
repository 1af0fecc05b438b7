package dev.octet.plan.table;

import dev.octet.plan.internal.Cursor;
import dev.octet.plan.text.Decimals;
import java.util.ArrayList;
import java.util.List;

/**
 * What was seen of one value.
 *
 * @param steps positive steps of its quantised type: 127 or 255
 * @param ranges largest absolute value to represent, by each of the file's algorithms in order; positive and finite
 * @param max largest absolute value; finite, not negative
 * @param width width of a bin, a power of two
 * @param counts number of values with {@code floor(|x| / width)} equal to each bin; the last is not empty
 * @param negative how many of them are negative, as many bins
 */
public record ValueHistogram(
        int steps, List<Float> ranges, float max, float width, List<Long> counts, List<Long> negative) {
    /** Most bins of a histogram. */
    public static final int MAX_BINS = 2048;

    private static final long MOST = 1L << 53;

    public ValueHistogram {
        ranges = List.copyOf(ranges);
        counts = List.copyOf(counts);
        negative = List.copyOf(negative);
        require(steps == 127 || steps == 255, "steps are 127 or 255");
        require(ranges.stream().allMatch(range -> range > 0 && range <= Float.MAX_VALUE), "ranges are positive");
        require(max >= 0 && max <= Float.MAX_VALUE, "the largest value is not negative");
        require(isPowerOfTwo(width), "the width is a power of two");
        require(!counts.isEmpty() && counts.size() <= MAX_BINS, "there are 1 to " + MAX_BINS + " bins");
        require(counts.get(counts.size() - 1) > 0, "the last bin is not empty");
        require(
                (int) Math.min(max / (double) width, MAX_BINS) == counts.size() - 1,
                "the largest value is in the last bin");
        require(negative.size() == counts.size(), "there are as many counts of negative values");
        for (int bin = 0; bin < counts.size(); bin++) {
            long count = counts.get(bin);
            require(count >= 0 && count <= MOST && 0 <= negative.get(bin), "counts are not negative");
            require(negative.get(bin) <= count, "no more values of a bin are negative than there are");
        }
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("a histogram is different: " + rule);
        }
    }

    private static boolean isPowerOfTwo(float width) {
        return width > 0 && width <= Float.MAX_VALUE && Math.scalb(1f, Math.getExponent(width)) == width;
    }

    /** Adds its lines. */
    void write(StringBuilder out) {
        out.append("steps ").append(steps).append("\nranges");
        ranges.forEach(range -> out.append(' ').append(Decimals.text(range)));
        out.append("\nmax ").append(Decimals.text(max));
        out.append("\nwidth ").append(Decimals.text(width)).append("\ncounts");
        counts.forEach(count -> out.append(' ').append(count));
        out.append("\nnegative");
        negative.forEach(count -> out.append(' ').append(count));
        out.append('\n');
    }

    /** Reads its lines. */
    static ValueHistogram parse(Cursor in) {
        in.expect("steps ");
        int steps = in.integer(1, 255);
        in.endLine();
        in.expect("ranges ");
        List<Float> ranges = in.list(" ", HistogramTable.MAX_ALGORITHMS, () -> Decimals.parse(in));
        in.endLine();
        float max = number(in, "max ");
        float width = number(in, "width ");
        List<Long> counts = counts(in, "counts ");
        return new ValueHistogram(steps, ranges, max, width, counts, counts(in, "negative "));
    }

    private static float number(Cursor in, String keyword) {
        in.expect(keyword);
        float number = Decimals.parse(in);
        in.endLine();
        return number;
    }

    private static List<Long> counts(Cursor in, String keyword) {
        in.expect(keyword);
        List<Long> counts = new ArrayList<>(in.list(" ", MAX_BINS, () -> in.integer(0L, MOST)));
        in.endLine();
        return counts;
    }
}
