package dev.octet.toolchain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the user needs of a compiler's output; nvcc and NVRTC, which have one front end, use the same words. */
final class CompilerLog {
    private static final Pattern FIRST_ERROR =
            Pattern.compile("(?m)^(?:.*\\.cu\\((\\d+)\\): (?:catastrophic )?error\\S*:"
                    + " (.*)|(?:nvcc|nvrtc|cicc|ptxas)\\s*:?\\s*(?:fatal|error)\\s*: (.*))$");

    private CompilerLog() {}

    /** The first error with its line, if there is one. */
    static Optional<String> firstError(String output) {
        Matcher matcher = FIRST_ERROR.matcher(output);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(
                matcher.group(1) == null ? matcher.group(3) : "line " + matcher.group(1) + ": " + matcher.group(2));
    }

    /** The first 200 characters, on one line. */
    static String brief(String output) {
        String line = output.strip().replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
