package dev.octet.dsl.trace;

import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the line of a definition that called an operator. If a frame of a preferred class is on the stack, the innermost
 * such frame: a helper in a library has no source to point at. Otherwise the innermost frame outside this language and
 * the JDK, which is on the stack where a method reference is passed to a stream.
 */
final class CallSite {
    private static final List<String> SKIPPED = List.of("dev.octet.dsl.", "java.", "jdk.");
    private static final StackTraceElement UNKNOWN = new StackTraceElement("unknown", "unknown", null, -1);

    private final Predicate<String> preferred;

    /** A finder that prefers classes with the given binary names. */
    CallSite(Predicate<String> preferred) {
        this.preferred = preferred;
    }

    StackTraceElement find() {
        List<StackTraceElement> frames = StackWalker.getInstance()
                .walk(stack -> stack.filter(CallSite::isOutside)
                        .map(StackWalker.StackFrame::toStackTraceElement)
                        .toList());
        return frames.stream()
                .filter(frame -> preferred.test(frame.getClassName()))
                .findFirst()
                .or(() -> frames.stream().findFirst())
                .orElse(UNKNOWN);
    }

    private static boolean isOutside(StackWalker.StackFrame frame) {
        return SKIPPED.stream().noneMatch(frame.getClassName()::startsWith);
    }
}
