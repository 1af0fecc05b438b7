package dev.octet.maven;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a command writes on its standard error: warnings, which are handed on as they come, and as the last coded message why it
 * failed. Read by one thread, and asked by another after that one has ended.
 */
final class StandardError {
    private static final int SHOWN = 400;
    private static final String CODED = "[OCTET-";

    private final Consumer<String> warnings;
    private final StringBuilder beginning = new StringBuilder();
    private String message;

    StandardError(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Reads it to its end. */
    void read(BufferedReader lines) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            warnings.accept("The rest of its standard error cannot be read: " + e.getMessage());
        }
    }

    private void take(String line) {
        if (beginning.length() < SHOWN) {
            beginning.append(line.strip().replaceAll("\\s+", " ")).append(' ');
        }
        if (line.startsWith(CODED)) {
            handOnMessage();
            message = line;
        } else {
            warnings.accept(line);
        }
    }

    /**
     * Ends it.
     *
     * @param status exit status of the command
     * @return its own message, if it failed as commands do; what else looks like one is handed on
     */
    Optional<String> end(int status) {
        if (status == 1 && message != null) {
            return Optional.of(message);
        }
        handOnMessage();
        return Optional.empty();
    }

    private void handOnMessage() {
        if (message != null) {
            warnings.accept(message);
            message = null;
        }
    }

    /** The beginning of all that was written, for a message about a crash. */
    String said() {
        String text = beginning.toString().strip();
        return text.isEmpty() ? "" : " and said '" + text.substring(0, Math.min(SHOWN, text.length())) + "'";
    }
}
