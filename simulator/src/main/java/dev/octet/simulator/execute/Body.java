package dev.octet.simulator.execute;

/** What an operation does. */
@FunctionalInterface
public interface Body {
    /**
     * Executes the operation.
     *
     * @param warp warp that executes it
     * @param lanes bits of the lanes that take part; at least one
     */
    void run(Warp warp, int lanes);
}
