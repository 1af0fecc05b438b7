package dev.octet.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the launches of a run take beside the times below which they cannot be: the larger of their bytes by the bandwidth of a
 * copy, measured in the same call, and their multiplications by the rate of the target's instructions, which is known from
 * elsewhere.
 */
final class LaunchTables {
    private static final int FARTHEST = 5;
    private static final List<String> HEADS = List.of(
            "batch", "step", "layer", "kernel", "us", "10 %", "90 %", "MB", "GMAC", "TOPS", "floor us", "us / floor");

    private final List<Row.Launch> launches;
    private final Optional<Row.Copy> copy;
    private final Log recorded;

    LaunchTables(Log log, Log recorded) {
        this.launches = log.of(Row.Launch.class).toList();
        this.copy = log.of(Row.Copy.class).reduce((first, second) -> second);
        this.recorded = recorded;
    }

    /** For each batch the sum of all launches beside that of their floors; empty if none were timed. */
    String sums(String network) {
        List<Row.Launch> of = of(network);
        if (of.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("launches one by one, floors by " + rates(of) + "\n");
        for (int batch : batches(of)) {
            List<Row.Launch> run = ofBatch(of, batch);
            double micros =
                    run.stream().mapToDouble(row -> row.times().median()).sum();
            double floor = run.stream().mapToDouble(this::floor).sum();
            text.append(String.format(
                    Locale.ROOT,
                    "batch %d: %d launches, %.1f us together, floor %.1f us, %.2f times the floor%n",
                    batch,
                    run.size(),
                    micros,
                    floor,
                    micros / floor));
        }
        return text.toString();
    }

    /** All launches of all networks, after those that lose most by microseconds above their floors. */
    String all() {
        StringBuilder text = new StringBuilder();
        for (String network :
                launches.stream().map(Row.Launch::network).distinct().toList()) {
            List<Row.Launch> of = of(network);
            Table farthest = new Table(HEADS);
            for (int batch : batches(of)) {
                ofBatch(of, batch).stream()
                        .sorted(Comparator.comparingDouble(
                                row -> floor(row) - row.times().median()))
                        .limit(FARTHEST)
                        .forEach(row -> farthest.add(cells(row)));
            }
            Table all = new Table(HEADS);
            of.forEach(row -> all.add(cells(row)));
            text.append("## ").append(network).append("\n\nFloors by ").append(rates(of));
            text.append("\n\nFarthest above their floors:\n\n").append(farthest.text());
            text.append("\nAll:\n\n").append(all.text()).append('\n');
        }
        return text.toString();
    }

    private static List<Integer> batches(List<Row.Launch> of) {
        return of.stream().map(Row.Launch::batch).distinct().toList();
    }

    private static List<Row.Launch> ofBatch(List<Row.Launch> of, int batch) {
        return of.stream().filter(row -> row.batch() == batch).toList();
    }

    private List<Row.Launch> of(String network) {
        return launches.stream().filter(row -> row.network().equals(network)).toList();
    }

    private String rates(List<Row.Launch> of) {
        Row.Rate rate = rate(of.get(0).target());
        return String.format(
                Locale.ROOT,
                "%.0f GB/s of a copy here, and %.0f TOPS (%s)",
                bandwidth() * 1e-9,
                rate.tops(),
                rate.source());
    }

    private double bandwidth() {
        return copy.orElseThrow(() -> new IllegalArgumentException("the log has no copy within device memory"))
                .bandwidth();
    }

    private Row.Rate rate(String target) {
        return recorded.of(Row.Rate.class)
                .filter(rate -> rate.target().equals(target))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rate of instructions is known for " + target));
    }

    private double floor(Row.Launch row) {
        return row.cost().floorMicros(bandwidth(), rate(row.target()).macs());
    }

    private List<String> cells(Row.Launch row) {
        double micros = row.times().median();
        return List.of(
                Integer.toString(row.batch()),
                Integer.toString(row.number()),
                row.layer(),
                row.kernel(),
                number("%.2f", micros),
                number("%.2f", row.times().low()),
                number("%.2f", row.times().high()),
                number("%.2f", row.cost().bytes() * 1e-6),
                number("%.3f", row.cost().macs() * 1e-9),
                number("%.1f", 2e-6 * row.cost().macs() / micros),
                number("%.2f", floor(row)),
                number("%.2f", micros / floor(row)));
    }

    private static String number(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
