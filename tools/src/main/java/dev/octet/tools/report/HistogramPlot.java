package dev.octet.tools.report;

import dev.octet.plan.table.HistogramTable;
import dev.octet.plan.table.ValueHistogram;
import dev.octet.tools.report.html.Html;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Draws what calibration saw of a value, its counts on a logarithmic axis, with the range that each mode would choose as a
 * mark. Values that are never negative begin at the left edge; of others zero is in the middle, and a range has two marks.
 */
final class HistogramPlot {
    private static final int WIDTH = 384;
    private static final int COLUMNS = 96;
    private static final int BARS = 90;
    private static final int ROW = 12;
    private static final double LETTER = 5.6;

    private final ValueHistogram histogram;
    private final List<Mark> marks = new ArrayList<>();
    private final boolean signed;
    /** The largest magnitude that is drawn. */
    private final double end;

    /** A mode's range. */
    private record Mark(String mode, float range, double beyond, boolean chosen) {}

    /**
     * A plot of a value.
     *
     * @param table what it is from
     * @param chosen the mode of the calibration table
     */
    HistogramPlot(HistogramTable table, ValueHistogram histogram, String chosen) {
        this.histogram = histogram;
        this.signed = histogram.negative().stream().anyMatch(count -> count > 0);
        double largest = Math.max(histogram.max(), histogram.width());
        for (int i = 0; i < table.algorithms().size(); i++) {
            float range = histogram.ranges().get(i);
            String mode = table.algorithms().get(i);
            marks.add(new Mark(mode, range, beyond(range), mode.equals(chosen)));
            largest = Math.max(largest, Math.min(range, 2 * largest));
        }
        this.end = largest;
        marks.sort(Comparator.comparing(Mark::range).thenComparing(Mark::mode));
    }

    /** Share of the values that are in bins beyond a range: these saturate. */
    private double beyond(float range) {
        long all = 0;
        long beyond = 0;
        for (int bin = 0; bin < histogram.counts().size(); bin++) {
            long count = histogram.counts().get(bin);
            all += count;
            beyond += bin * (double) histogram.width() >= range ? count : 0;
        }
        return (double) beyond / all;
    }

    void write(Html html) {
        List<List<Mark>> rows = rows();
        int top = rows.size() * ROW + 2;
        html.open("figure", "class", "histogram");
        html.leaf("figcaption", "Values seen in calibration, and the range of each mode");
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + (top + BARS),
                "role",
                "img",
                "aria-label",
                "Histogram of magnitudes up to " + Figures.real(histogram.max()) + "; the ranges are listed below");
        html.empty(
                "rect",
                "class",
                "plane",
                "y",
                String.valueOf(top),
                "width",
                String.valueOf(WIDTH),
                "height",
                String.valueOf(BARS));
        html.empty("path", "class", "bars-of-values", "d", bars(top));
        for (int row = 0; row < rows.size(); row++) {
            for (Mark mark : rows.get(row)) {
                write(html, mark, row, top);
            }
        }
        html.close();
        html.open("p", "class", "axis");
        html.leaf("span", signed ? Figures.real(-end) : "0");
        html.leaf("span", "counts on a logarithmic axis");
        html.leaf("span", Figures.real(end)).close();
        writeList(html);
        html.close();
    }

    private void write(Html html, Mark mark, int row, int top) {
        String style = mark.chosen ? "mark chosen" : "mark";
        int y = row * ROW + 3;
        double x = Math.min(x(mark.range), WIDTH - 1);
        html.empty("path", "class", style, "d", "M" + Figures.at(x) + " " + y + "V" + (top + BARS));
        if (signed) {
            double mirrored = Math.max(x(-mark.range), 1);
            html.empty("path", "class", style, "d", "M" + Figures.at(mirrored) + " " + top + "V" + (top + BARS));
        }
        boolean left = isLeft(mark);
        html.leaf(
                "text",
                mark.mode,
                "class",
                style,
                "x",
                Figures.at(left ? x - 3 : x + 3),
                "y",
                String.valueOf(y + ROW - 4),
                "text-anchor",
                left ? "end" : "start");
    }

    /** Labels in as few rows as lets none cover another; the first row is the highest. */
    private List<List<Mark>> rows() {
        List<List<Mark>> rows = new ArrayList<>();
        for (Mark mark : marks) {
            int row = rows.size();
            // A mark is a line down from its row: a label must not lie below one that is right of the label's left end.
            while (row > 0 && right(rows.get(row - 1).get(rows.get(row - 1).size() - 1)) <= left(mark)) {
                row--;
            }
            if (row == rows.size()) {
                rows.add(new ArrayList<>());
            }
            rows.get(row).add(mark);
        }
        Collections.reverse(rows);
        return rows;
    }

    /** Labels stand left of their marks where there is room. */
    private boolean isLeft(Mark mark) {
        return x(mark.range) > width(mark);
    }

    private static double width(Mark mark) {
        return mark.mode.length() * LETTER + 6;
    }

    private double left(Mark mark) {
        return x(mark.range) - (isLeft(mark) ? width(mark) : 0);
    }

    private double right(Mark mark) {
        return x(mark.range) + (isLeft(mark) ? 0 : width(mark));
    }

    private double x(double value) {
        double place = Math.max(-1, Math.min(1, value / end));
        return signed ? (1 + place) * WIDTH / 2 : place * WIDTH;
    }

    private String bars(int top) {
        double[] counts = new double[COLUMNS];
        for (int bin = 0; bin < histogram.counts().size(); bin++) {
            long negative = histogram.negative().get(bin);
            double middle = (bin + 0.5) * histogram.width();
            counts[column(middle)] += histogram.counts().get(bin) - negative;
            counts[column(-middle)] += negative;
        }
        double most = 1;
        for (double count : counts) {
            most = Math.max(most, count);
        }
        StringBuilder path = new StringBuilder();
        double step = (double) WIDTH / COLUMNS;
        for (int i = 0; i < COLUMNS; i++) {
            if (counts[i] > 0) {
                double height = StrictMath.log1p(counts[i]) / StrictMath.log1p(most) * (BARS - 4);
                path.append('M')
                        .append(Figures.at((i + 0.5) * step))
                        .append(' ')
                        .append(top + BARS);
                path.append('v').append(Figures.at(-Math.max(height, 1)));
            }
        }
        return path.toString();
    }

    private int column(double value) {
        return Math.max(0, Math.min(COLUMNS - 1, (int) (x(value) * COLUMNS / WIDTH)));
    }

    private void writeList(Html html) {
        html.open("ul", "class", "ranges");
        for (Mark mark : marks) {
            html.open("li", "class", mark.chosen ? "chosen" : "");
            html.leaf("span", mark.mode, "class", "value");
            html.leaf("span", Figures.real(mark.range));
            html.leaf("span", cut(mark.beyond)).close();
        }
        html.close();
    }

    private static String cut(double share) {
        if (share == 0) {
            return "cuts nothing";
        }
        return "cuts " + (share < 0.0005 ? Figures.real(100 * share) + " %" : Figures.percent(share));
    }
}
