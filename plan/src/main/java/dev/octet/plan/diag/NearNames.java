package dev.octet.plan.diag;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the names that a user may have meant. */
public final class NearNames {
    private static final int SHOWN = 3;
    private static final int LONGEST = 256;

    private NearNames() {}

    /**
     * The nearest names, at most three, the nearest first: names that end in the other after a dot, and those that need
     * few insertions, deletions and replacements of letters (Levenshtein 1966), at most a quarter of the missing name's.
     */
    public static List<String> of(String missing, Collection<String> names) {
        return names.stream()
                .filter(name -> !name.isEmpty() && distance(missing, name) <= Math.max(1, missing.length() / 4))
                .sorted(Comparator.<String>comparingInt(name -> distance(missing, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    /** {@code " Did you mean 'a' or 'b'?"}, or nothing if no name is near. */
    public static String suggestion(String missing, Collection<String> names) {
        List<String> near = of(missing, names);
        return near.isEmpty() ? "" : near.stream().collect(Collectors.joining("' or '", " Did you mean '", "'?"));
    }

    private static int distance(String a, String b) {
        if (a.endsWith("." + b) || b.endsWith("." + a)) {
            return 0;
        }
        return a.length() > LONGEST || b.length() > LONGEST ? Integer.MAX_VALUE : levenshtein(a, b);
    }

    private static int levenshtein(String a, String b) {
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
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
