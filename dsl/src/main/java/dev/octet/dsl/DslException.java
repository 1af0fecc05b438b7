package dev.octet.dsl;

import java.util.Optional;

/** A definition that is wrong. */
public final class DslException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final DslCode code;
    private final StackTraceElement line;

    /** A failure of the call that is on the stack. */
    public DslException(DslCode code, Object... arguments) {
        this((StackTraceElement) null, code, arguments);
    }

    /** A failure of an earlier call, made at {@code line}. */
    public DslException(StackTraceElement line, DslCode code, Object... arguments) {
        super(code.message(arguments));
        this.code = code;
        this.line = line;
    }

    /** What is wrong. */
    public DslCode code() {
        return code;
    }

    /** The line of the call that is wrong, if it is not the one that threw this exception. */
    public Optional<StackTraceElement> line() {
        return Optional.ofNullable(line);
    }
}
