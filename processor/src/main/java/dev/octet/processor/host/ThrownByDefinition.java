package dev.octet.processor.host;

import dev.octet.dsl.DslException;
import dev.octet.processor.report.Failure;

/**
 * The throwable of a cause chain that says most: an error of the language if there is one, else the root cause.
 *
 * @param throwable what was thrown
 */
record ThrownByDefinition(Throwable throwable) {
    /** Chains may be long, or cyclic. */
    private static final int DEEPEST = 100;

    private static final int LONGEST_TEXT = 500;

    static ThrownByDefinition of(Throwable thrown) {
        Throwable current = thrown;
        for (int depth = 0; depth < DEEPEST; depth++) {
            boolean known = current instanceof DslException || current instanceof Failure;
            if (known || current.getCause() == null) {
                break;
            }
            current = current.getCause();
        }
        return new ThrownByDefinition(current);
    }

    String className() {
        return throwable.getClass().getName();
    }

    /** The message, which is foreign text: on one line and not too long. */
    String text() {
        String message = throwable.getMessage();
        if (message == null) {
            return "no message";
        }
        String line = message.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
    }
}
