package dev.octet.plan.diag;

/** A failure that the user can act on: a code, what was wrong, what was found, what to do. */
public final class OctetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient DiagnosticCode code;

    /** A failure with the code's text, formatted with {@code arguments}. */
    public OctetException(DiagnosticCode code, Object... arguments) {
        super(code.message(arguments));
        this.code = code;
    }

    /** A failure with a cause. */
    public OctetException(Throwable cause, DiagnosticCode code, Object... arguments) {
        super(code.message(arguments), cause);
        this.code = code;
    }

    /** The diagnostic code. */
    public DiagnosticCode code() {
        return code;
    }
}
