package dev.octet.processor;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a javac did.
 *
 * @param success whether it succeeded
 * @param output everything that it printed
 */
record Compiled(boolean success, String output) {
    private static final Pattern MESSAGE =
            Pattern.compile("^(?:(.+\\.java):(\\d+): )?(error|warning): (.*)$", Pattern.MULTILINE);

    /**
     * An error or a warning.
     *
     * @param file file name, empty if it has no position
     * @param line line, 0 if it has no position
     * @param kind {@code error} or {@code warning}
     * @param text first line of the message
     */
    record Message(String file, int line, String kind, String text) {}

    List<Message> errors() {
        return messages("error");
    }

    List<Message> warnings() {
        return messages("warning");
    }

    private List<Message> messages(String kind) {
        return MESSAGE.matcher(output)
                .results()
                .map(Compiled::message)
                .filter(message -> message.kind().equals(kind))
                .toList();
    }

    private static Message message(MatchResult match) {
        boolean placed = match.group(1) != null;
        return new Message(
                placed ? Path.of(match.group(1)).getFileName().toString() : "",
                placed ? Integer.parseInt(match.group(2)) : 0,
                match.group(3),
                match.group(4));
    }
}
