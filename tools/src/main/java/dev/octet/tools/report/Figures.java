package dev.octet.tools.report;

import java.util.Locale;

/** Numbers for people. */
final class Figures {
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final String[] COUNTS = {"", " k", " M", " G", " T"};

    private Figures() {}

    /** A number of bytes, {@code 12.4 KiB}. */
    static String bytes(double bytes) {
        return scaled(bytes, 1024, BYTES, " ");
    }

    /** A number of things, {@code 4.09 G}. */
    static String count(double count) {
        return scaled(count, 1000, COUNTS, "");
    }

    private static String scaled(double value, int step, String[] units, String space) {
        int unit = 0;
        double scaled = value;
        // What would be printed as 1000 is the next unit's 1.
        while (scaled >= step - 0.5 && unit < units.length - 1) {
            scaled /= step;
            unit++;
        }
        return (unit == 0 ? whole(scaled) : significant(scaled)) + space + units[unit];
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String significant(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
    }

    /** A time in microseconds, {@code 12.4 µs}. */
    static String micros(double micros) {
        return micros >= 999.5 ? significant(micros / 1000) + " ms" : significant(micros) + " µs";
    }

    /** A share, {@code 12.5 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A real number of four digits. */
    static String real(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /** A coordinate of a drawing. */
    static String at(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
