package dev.octet.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds times in a log; of rows of the same thing the last one counts. */
final class Measured {
    private final Map<Key, Row.Run> runs = new LinkedHashMap<>();

    private record Key(String system, String network, int batch, Row.Start start) {}

    Measured(Log log) {
        log.of(Row.Run.class).forEach(run -> {
            Key key = new Key(run.system(), run.network(), run.batch(), run.start());
            runs.remove(key);
            runs.put(key, run);
        });
    }

    /** Names of networks in the order in which they were measured. */
    List<String> networks() {
        return runs.keySet().stream().map(Key::network).distinct().toList();
    }

    /** Batches of a network, the smallest first. */
    List<Integer> batches(String network) {
        return runs.keySet().stream()
                .filter(key -> key.network().equals(network))
                .map(Key::batch)
                .distinct()
                .sorted()
                .toList();
    }

    /** Systems that ran a network in device memory, ours in INT8 left out, in the order in which they were measured. */
    List<String> others(String network) {
        return runs.keySet().stream()
                .filter(key -> key.network().equals(network) && key.start() == Row.Start.OPERAND)
                .map(Key::system)
                .filter(system -> !system.equals(Precision.INT8.system()))
                .distinct()
                .toList();
    }

    /** Median microseconds. */
    Optional<Double> micros(String system, String network, int batch, Row.Start start) {
        return Optional.ofNullable(runs.get(new Key(system, network, batch, start)))
                .map(run -> run.times().median());
    }

    /** Median microseconds of ours in INT8 in device memory. */
    Optional<Double> int8(String network, int batch) {
        return micros(Precision.INT8.system(), network, batch, Row.Start.OPERAND);
    }

    /** Times of a peer that stand in another log, by batch, for the batches that were measured here. */
    static List<Row.Recorded> recorded(Log log, String network, String system, List<Integer> batches) {
        List<Row.Recorded> found = new ArrayList<>();
        for (int batch : batches) {
            log.of(Row.Recorded.class)
                    .filter(row -> row.network().equals(network) && row.system().equals(system) && row.batch() == batch)
                    .forEach(found::add);
        }
        return found;
    }
}
