package dev.octet.cuda.gpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which share of tests and cases this process runs: every {@code count}th of a shuffled list, so that the parts are about
 * as large as each other. The shuffle is always the same, and all parts together are everything once.
 *
 * @param number from 1 to {@code count}
 * @param count number of parts
 */
record Part(int number, int count) {
    static final String PROPERTY = "octet.part";
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]?)/([1-9][0-9]?)");
    /** Neighbours in a list are often alike, and what is alike must not all fall into one part. */
    private static final long SHUFFLE = 20260401;

    Part {
        if (number < 1 || number > count) {
            throw new IllegalArgumentException("part " + number + " of " + count);
        }
    }

    /** What the property says; everything without it. */
    static Part current() {
        return parse(System.getProperty(PROPERTY, "1/1"));
    }

    static Part parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a part is written NUMBER/COUNT, such as 2/5: " + text);
        }
        return new Part(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** This part's share of what is always listed in the same order. */
    <T> List<T> of(List<T> all) {
        if (count == 1) {
            return all;
        }
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(SHUFFLE));
        return IntStream.range(0, all.size())
                .filter(i -> i % count == number - 1)
                .mapToObj(shuffled::get)
                .toList();
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }
}
