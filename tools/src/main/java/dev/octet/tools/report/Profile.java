package dev.octet.tools.report;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.InputFile;
import dev.octet.tools.ToolsCode;
import dev.octet.tools.profile.ProfileFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measured times of a network's launches. The file is text; lines that start with {@code #} are comments:
 *
 * <pre>{@code
 * octet-profile 1.1
 * network com.acme.Fashion
 * target sm_80
 * batch 32
 * device NVIDIA A100-SXM4-40GB
 * run 184.5
 * image.quantized 3.1
 * bn1.relu 12.25
 * }</pre>
 *
 * <p>Files of {@code octet-profile 1.0} lack the line {@code run}.
 *
 * @param network binary name of the definition
 * @param target GPU family of the launch program, as {@code sm_80}; {@link ProfileFile#CPU} if the CPU device ran
 * @param batch images of a run
 * @param device what it was measured on
 * @param runMicros time of a whole run in microseconds, copies included, if it was measured
 * @param micros time of a step in microseconds, by the name of a value that it makes
 */
record Profile(
        String network,
        String target,
        int batch,
        String device,
        Optional<Double> runMicros,
        SortedMap<String, Double> micros) {
    private static final String RUN = "run";
    private static final List<String> OLD_HEADERS = List.of("network", "target", "batch", "device");
    private static final List<String> HEADERS = List.of("network", "target", "batch", "device", RUN);
    private static final String TIME = "[0-9]{1,12}(\\.[0-9]{1,12})?";

    Profile {
        micros = Collections.unmodifiableSortedMap(new TreeMap<>(micros));
        if (batch < 1) {
            throw new IllegalArgumentException("a batch is positive: " + batch);
        }
        runMicros.ifPresent(time -> requireTime(RUN, time));
        micros.forEach(Profile::requireTime);
    }

    private static void requireTime(String value, double time) {
        if (!(time >= 0) || Double.isInfinite(time)) {
            throw new IllegalArgumentException("no time: " + value + " " + time);
        }
    }

    /** Whether the CPU device ran. */
    boolean ofCpu() {
        return target.equals(ProfileFile.CPU);
    }

    /**
     * Reads a file.
     *
     * @throws OctetException {@link ReportCode#PROFILE} for one that is damaged, {@link ToolsCode#IO} for one that cannot be
     *     read
     */
    static Profile read(Path file) {
        return parse(InputFile.text(file), file.toString());
    }

    /** Reads a text; {@code name} is for messages. */
    static Profile parse(String text, String name) {
        return new Reader(text.lines().toList(), name).read();
    }

    /** Reads the lines of a file. */
    private static final class Reader {
        private final List<String> lines;
        private final String name;
        private final Map<String, String> found = new HashMap<>();
        private final SortedMap<String, Double> micros = new TreeMap<>();
        private int number = 1;

        Reader(List<String> lines, String name) {
            this.lines = lines;
            this.name = name;
        }

        Profile read() {
            List<String> headers = headers(lines.isEmpty() ? "" : lines.get(0).strip());
            for (number = 2; number <= lines.size(); number++) {
                String line = lines.get(number - 1).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    addLine(line, headers);
                }
            }
            if (found.size() < headers.size()) {
                number = lines.size();
                throw wrong("the lines " + String.join(", ", headers) + " are not all there");
            }
            return new Profile(
                    found.get("network"),
                    found.get("target"),
                    Integer.parseInt(found.get("batch")),
                    found.get("device"),
                    Optional.ofNullable(found.get(RUN)).map(Double::valueOf),
                    micros);
        }

        private List<String> headers(String title) {
            if (title.equals(ProfileFile.TITLE)) {
                return HEADERS;
            }
            if (title.equals(ProfileFile.OLD_TITLE)) {
                return OLD_HEADERS;
            }
            throw wrong("expected '" + ProfileFile.TITLE + "'");
        }

        private void addLine(String line, List<String> headers) {
            String[] words = line.split("\\s+", 2);
            if (words.length < 2) {
                throw wrong("expected a name and what belongs to it");
            }
            if (found.size() < headers.size()) {
                addHeader(headers.get(found.size()), words);
            } else if (micros.put(words[0], time(words[1])) != null) {
                throw wrong(words[0] + " is there twice");
            }
        }

        private void addHeader(String header, String[] words) {
            if (!words[0].equals(header)) {
                throw wrong("expected '" + header + " ...'");
            }
            if (header.equals("batch") && !words[1].matches("[1-9][0-9]{0,5}")) {
                throw wrong("not a number of images: " + words[1]);
            }
            if (header.equals(RUN)) {
                time(words[1]);
            }
            found.put(header, words[1]);
        }

        private double time(String word) {
            if (!word.matches(TIME)) {
                throw wrong("not a time in microseconds: " + word);
            }
            return Double.parseDouble(word);
        }

        private OctetException wrong(String what) {
            return new OctetException(ReportCode.PROFILE, name, number, what);
        }
    }
}
