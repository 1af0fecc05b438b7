package dev.octet.tools.cli;

import java.io.PrintWriter;
import java.util.function.IntConsumer;

/** Tells how many images were run, in a line that is written over. */
record ProgressLine(PrintWriter out) implements IntConsumer {
    @Override
    public void accept(int done) {
        out.print("\r" + done + " images");
        out.flush();
    }
}
