package dev.octet.simulator.mutants;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many mutants of each kind were found, and by what. */
final class KillRates {
    private final SortedMap<Mistake, List<Verdict>> verdicts;

    KillRates(SortedMap<Mistake, List<Verdict>> verdicts) {
        this.verdicts = verdicts;
    }

    /** A line for each kind, and one for all. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("mistake         mutants  by the simulator  by the result  survived%n");
        verdicts.forEach((mistake, ofKind) -> text.append(line(mistake.name().toLowerCase(Locale.ROOT), ofKind))
                .append(codes(ofKind))
                .append("%n"));
        text.append(line("all", verdicts.values().stream().flatMap(List::stream).toList()));
        return text.append("%n").toString().replace("%n", System.lineSeparator());
    }

    private static String line(String name, List<Verdict> some) {
        long refused = some.stream().filter(v -> v.refused().isPresent()).count();
        long wrong = some.stream().filter(Verdict::wrong).count();
        return String.format(
                Locale.ROOT,
                "%-15s %7d %17d %14d %9d",
                name,
                some.size(),
                refused,
                wrong,
                some.size() - refused - wrong);
    }

    private static String codes(List<Verdict> some) {
        SortedMap<String, Long> counts = some.stream()
                .flatMap(verdict -> verdict.refused().stream())
                .collect(Collectors.groupingBy(code -> code, TreeMap::new, Collectors.counting()));
        return counts.isEmpty() ? "" : "  " + counts;
    }
}
