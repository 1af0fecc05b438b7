package dev.octet.simulator.decode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;

/**
 * Memory of the host that a module claims by a few words of text, in all its kernels together. What is in proportion to
 * the text is bounded by the number of its tokens.
 */
public final class Claims {
    /** Far more than kernels need, and little beside what a launch takes. */
    private static final int MOST_BYTES = 1 << 26;

    /** A register's name and number, and their places in lists and tables, with room to spare. */
    private static final int REGISTER_BYTES = 192;

    /** Constants are collected, gathered and kept. */
    private static final int CONSTANT_BYTES = 3;

    private long bytes;

    void register(int line, String name) {
        claim(line, REGISTER_BYTES + 2L * name.length());
    }

    void constants(int line, int count) {
        claim(line, (long) CONSTANT_BYTES * count);
    }

    private void claim(int line, long more) {
        bytes += more;
        if (bytes > MOST_BYTES) {
            throw new OctetException(
                    SimulatorCode.LIMIT,
                    line,
                    "the registers and constants of all kernels up to here take more than " + MOST_BYTES + " bytes");
        }
    }
}
