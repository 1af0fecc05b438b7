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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measured times of a network's launches. The file is text; lines that start with {@code #} are comments:
 *
 * <pre>{@code
 * octet-profile 1.0
 * network com.acme.Fashion
 * target sm_80
 * batch 32
 * device NVIDIA A100-SXM4-40GB
 * image.quantized 3.1
 * bn1.relu 12.25
 * }</pre>
 *
 * @param network binary name of the definition
 * @param target GPU family of the launch program, as {@code sm_80}
 * @param batch images of a run
 * @param device what it was measured on
 * @param micros time of a launch in microseconds, by the name of a value that it makes
 */
record Profile(String network, String target, int batch, String device, SortedMap<String, Double> micros) {
    private static final List<String> HEADERS = List.of("network", "target", "batch", "device");

    Profile {
        micros = Collections.unmodifiableSortedMap(new TreeMap<>(micros));
        if (batch < 1) {
            throw new IllegalArgumentException("a batch is positive: " + batch);
        }
        micros.forEach((value, time) -> {
            if (!(time >= 0) || time.isInfinite()) {
                throw new IllegalArgumentException("no time: " + value + " " + time);
            }
        });
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
        Map<String, String> headers = new HashMap<>();
        SortedMap<String, Double> micros = new TreeMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (i == 0 && !line.equals(ProfileFile.TITLE)) {
                throw wrong(name, 1, "expected '" + ProfileFile.TITLE + "'");
            }
            if (i > 0 && !line.isEmpty() && !line.startsWith("#")) {
                addLine(line, headers, micros, name, i + 1);
            }
        }
        if (lines.isEmpty() || headers.size() < HEADERS.size()) {
            throw wrong(
                    name, Math.max(1, lines.size()), "the lines " + String.join(", ", HEADERS) + " are not all there");
        }
        return new Profile(
                headers.get("network"),
                headers.get("target"),
                Integer.parseInt(headers.get("batch")),
                headers.get("device"),
                micros);
    }

    private static void addLine(
            String line, Map<String, String> headers, SortedMap<String, Double> micros, String name, int number) {
        String[] words = line.split("\\s+", 2);
        if (words.length < 2) {
            throw wrong(name, number, "expected a name and what belongs to it");
        }
        if (headers.size() < HEADERS.size()) {
            String header = HEADERS.get(headers.size());
            if (!words[0].equals(header)) {
                throw wrong(name, number, "expected '" + header + " ...'");
            }
            if (header.equals("batch") && !words[1].matches("[1-9][0-9]{0,5}")) {
                throw wrong(name, number, "not a number of images: " + words[1]);
            }
            headers.put(header, words[1]);
        } else if (!words[1].matches("[0-9]{1,12}(\\.[0-9]{1,12})?")) {
            throw wrong(name, number, "not a time in microseconds: " + words[1]);
        } else if (micros.put(words[0], Double.valueOf(words[1])) != null) {
            throw wrong(name, number, words[0] + " is there twice");
        }
    }

    private static OctetException wrong(String name, int line, String what) {
        return new OctetException(ReportCode.PROFILE, name, line, what);
    }
}
