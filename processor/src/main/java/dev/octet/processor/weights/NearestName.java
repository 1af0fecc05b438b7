package dev.octet.processor.weights;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was probably meant: least edit distance (Levenshtein 1966), if at most a third of its letters. */
final class NearestName {
    /** Longer names are cut; suggesting needs no more, and the distance takes quadratic time. */
    private static final int LONGEST = 200;

    private NearestName() {}

    static Optional<String> of(String name, Collection<String> names) {
        return names.stream()
                .min(Comparator.<String>comparingInt(other -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(other -> distance(name, other) <= Math.max(1, name.length() / 3));
    }

    private static int distance(String first, String second) {
        String a = first.substring(0, Math.min(LONGEST, first.length()));
        String b = second.substring(0, Math.min(LONGEST, second.length()));
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
