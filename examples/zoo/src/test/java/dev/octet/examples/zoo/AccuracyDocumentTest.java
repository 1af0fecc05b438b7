package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes the tables of {@code docs/accuracy.md}. {@code -Doctet.accuracy.networks=resnet-8,fashion} measures some networks,
 * {@code -Doctet.accuracy.halves=true} calibrates on one half of the training images and evaluates on the other, to choose
 * defaults by, and only prints.
 */
@Tag("shared-slow")
class AccuracyDocumentTest {
    private static final Path DOCUMENT = Path.of("../../docs/accuracy.md");
    private static final String BEGIN = "<!-- measured: begin -->\n";
    private static final String END = "<!-- measured: end -->\n";

    @Test
    void writesTheTables(@TempDir Path folder) throws IOException {
        String wanted = System.getProperty("octet.accuracy.networks", "");
        boolean halves = Boolean.getBoolean("octet.accuracy.halves");
        List<AccuracyCase> networks = AccuracyCase.all().stream()
                .filter(network ->
                        wanted.isEmpty() || Stream.of(wanted.split(",")).anyMatch(network.key()::equals))
                .map(network -> halves ? network.halved() : network)
                .toList();
        assertThat(networks).as("networks called " + wanted).isNotEmpty();
        List<String> lines = measure(networks, folder, !halves);
        if (!halves && wanted.isEmpty()) {
            replace(String.join("\n", lines) + "\n");
        }
    }

    private static List<String> measure(List<AccuracyCase> networks, Path folder, boolean every) throws IOException {
        List<String> floats = new ArrayList<>(
                List.of("| network | calibration images | evaluation images | FP32 top-1 % |", "|---|---|---|---|"));
        List<String> integers = new ArrayList<>(List.of(
                "",
                "| network | mode | corrected | INT8 top-1 % | minus FP32, points | 95 % interval | agreement % | SNR dB |",
                "|---|---|---|---|---|---|---|---|"));
        for (AccuracyCase network : networks) {
            AccuracyRows rows = new AccuracyRows(network, folder.resolve(network.key()));
            for (AccuracyRows.Row row : rows.run(AccuracyRows.MODES, every)) {
                integers.add(row.text(network.name()));
                if (every && row.isDefault()) {
                    requireTargets(network, row);
                }
            }
            String line = String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.2f |",
                    network.name(),
                    rows.calibrationImages(),
                    rows.evaluationImages(),
                    rows.top1());
            System.out.println(line);
            floats.add(line);
        }
        floats.addAll(integers);
        return floats;
    }

    /** What the defaults have promised to keep. */
    private static void requireTargets(AccuracyCase network, AccuracyRows.Row row) {
        assertThat(100 * row.interval().difference())
                .as("points of top-1 that %s loses", network.name())
                .isGreaterThanOrEqualTo(-network.mostLost());
        assertThat(row.agreement())
                .as("agreement of %s with FP32", network.name())
                .isGreaterThanOrEqualTo(network.leastAgreement());
    }

    private static void replace(String measured) throws IOException {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(begin).isBetween(BEGIN.length(), end);
        Files.writeString(DOCUMENT, text.substring(0, begin) + measured + text.substring(end));
    }
}
