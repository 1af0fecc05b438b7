package dev.octet.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of a log: networks beside their peers, and what is known of peers on other devices. */
final class Report {
    private static final String UNKNOWN = "-";

    private final Log log;
    private final Log recorded;
    private final Measured measured;

    /**
     * Tables.
     *
     * @param log what was measured in one call on one device
     * @param recorded what is known from elsewhere
     */
    Report(Log log, Log recorded) {
        this.log = log;
        this.recorded = recorded;
        this.measured = new Measured(log);
    }

    /** All of it, as Markdown. */
    String text() {
        StringBuilder text = new StringBuilder();
        log.of(Row.DeviceInfo.class).forEach(device -> text.append(device.name() + ", " + device.description() + "\n"));
        log.of(Row.Clocks.class)
                .forEach(clocks -> text.append("clocks " + clocks.when() + ": " + clocks.text() + "\n"));
        text.append(controls());
        log.of(Row.Copy.class)
                .forEach(copy -> text.append(format(
                        "copy within device memory: %.0f GB/s, read and written together%n", copy.bandwidth() * 1e-9)));
        text.append(
                "\nMedian microseconds of a run. In device memory from the first layer's operand to logits, but for the"
                        + " two columns after INT8;\nx: how many times as long as INT8. Quantiles are in the log.\n");
        LaunchTables launches = new LaunchTables(log, recorded);
        for (String network : measured.networks()) {
            if (!isConvolution(network)) {
                text.append("\n## ").append(network).append('\n').append(runs(List.of(network)));
                text.append(recorded(network)).append(launches.sums(network));
            }
        }
        List<String> convolutions =
                measured.networks().stream().filter(Report::isConvolution).toList();
        if (!convolutions.isEmpty()) {
            text.append("\n## convolutions\n").append(runs(convolutions));
        }
        return text.toString();
    }

    private static boolean isConvolution(String network) {
        return network.startsWith(ConvolutionShape.PREFIX);
    }

    /** Each control's time by that of the first: above 1, the clock was lower. */
    private String controls() {
        StringBuilder text = new StringBuilder();
        List<Row.Control> controls = log.of(Row.Control.class).toList();
        for (Row.Control control : controls) {
            double first = controls.get(0).times().median();
            text.append(format(
                    "control %s: %.1f us, %.3f of the first%n",
                    control.when(), control.times().median(), control.times().median() / first));
        }
        return text.toString();
    }

    /** A line for each batch of some networks that the same systems ran. */
    private String runs(List<String> networks) {
        List<String> others = networks.stream()
                .flatMap(network -> measured.others(network).stream())
                .distinct()
                .toList();
        List<String> heads =
                new ArrayList<>(List.of("network", "batch", "INT8", "from bytes", "from host", "images/s"));
        others.forEach(other -> heads.addAll(List.of(other, "x")));
        Table table = new Table(heads);
        for (String network : networks) {
            measured.batches(network).forEach(batch -> table.add(cells(network, batch, others)));
        }
        return table.text();
    }

    private List<String> cells(String network, int batch, List<String> others) {
        Optional<Double> int8 = measured.int8(network, batch);
        String system = Precision.INT8.system();
        List<String> cells = new ArrayList<>(List.of(
                network,
                Integer.toString(batch),
                micros(int8),
                micros(measured.micros(system, network, batch, Row.Start.IMAGE)),
                micros(measured.micros(system, network, batch, Row.Start.HOST)),
                int8.map(us -> format("%,.0f", batch / us * 1e6)).orElse(UNKNOWN)));
        for (String other : others) {
            Optional<Double> us = measured.micros(other, network, batch, Row.Start.OPERAND);
            cells.add(micros(us));
            cells.add(ratio(us, int8));
        }
        return cells;
    }

    private String recorded(String network) {
        List<String> systems = recorded.of(Row.Recorded.class)
                .filter(row -> row.network().equals(network))
                .map(Row.Recorded::system)
                .distinct()
                .toList();
        StringBuilder text = new StringBuilder();
        for (String system : systems) {
            for (Row.Recorded row : Measured.recorded(recorded, network, system, measured.batches(network))) {
                text.append(format(
                        "not measured here, recorded on %s on an %s: %s, batch %d: %.1f us, %s of INT8 here%n",
                        row.date(),
                        row.device(),
                        system,
                        row.batch(),
                        row.micros(),
                        ratio(Optional.of(row.micros()), measured.int8(network, row.batch()))));
            }
        }
        return text.toString();
    }

    private static String micros(Optional<Double> micros) {
        return micros.map(us -> format("%.1f", us)).orElse(UNKNOWN);
    }

    /** How many times as long one takes as the other. */
    static String ratio(Optional<Double> micros, Optional<Double> other) {
        return micros.flatMap(a -> other.map(b -> format("%.2f", a / b))).orElse(UNKNOWN);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
