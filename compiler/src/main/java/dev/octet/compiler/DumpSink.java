package dev.octet.compiler;

/** Receives the text form of the graph after every pass. */
@FunctionalInterface
public interface DumpSink {
    /** Takes nothing down. */
    DumpSink NONE = (passName, text) -> {};

    /**
     * Called once per pass, in order.
     *
     * @param passName name of the pass, for example {@code FoldBatchNorm}
     * @param text the graph after the pass, one node a line, each with its source line
     */
    void accept(String passName, String text);
}
