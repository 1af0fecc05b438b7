package dev.octet.plan.diag;

import java.util.Locale;

/**
 * A diagnostic: each module lists its own in one enum, which is the only place of their texts. A text says what is
 * wrong, what was found and what to do; {@code docs/diagnostics.md} has an entry for each.
 */
public interface DiagnosticCode {
    /** The code that users see, {@code OCTET-<AREA>-<NNN>}. */
    String id();

    /** A {@link String#format} pattern. */
    String text();

    /** The message: code in brackets, then the formatted text. */
    default String message(Object... arguments) {
        return "[" + id() + "] " + String.format(Locale.ROOT, text(), arguments);
    }
}
