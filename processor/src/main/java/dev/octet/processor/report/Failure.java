package dev.octet.processor.report;

import dev.octet.plan.diag.DiagnosticCode;
import java.util.Optional;

/** The one reason why a network is not compiled: the message to print, and the line if it is not the annotation. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Place> place;

    /** A failure at the annotation. */
    public Failure(DiagnosticCode code, Object... arguments) {
        this(Optional.empty(), code.message(arguments));
    }

    /** A failure with a finished message. */
    public Failure(Optional<Place> place, String message) {
        super(message);
        this.place = place;
    }

    /** Where; empty means at the annotation. */
    public Optional<Place> place() {
        return place;
    }
}
