package dev.octet.maven;

/** A failure that a command in a process of its own reported, by the message with its code. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
