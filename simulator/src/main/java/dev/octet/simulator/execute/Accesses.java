package dev.octet.simulator.execute;

/**
 * Accesses of one kind to the cells of shared memory, as far as an access that comes later may be unordered with them. A
 * cell's accesses are known by their stamps ({@link Clocks}).
 */
abstract sealed class Accesses permits LatestAccesses, AccessesByWarp {
    /**
     * Keeps account of some cells.
     *
     * @param byWarp whether barriers may order some warps of the block and not others
     */
    static Accesses of(int cells, Clocks clocks, boolean byWarp) {
        return byWarp ? new AccessesByWarp(cells, clocks) : new LatestAccesses(cells, clocks);
    }

    /** Bytes of the host's memory that are taken for a cell. */
    static int cellBytes(int warps, boolean byWarp) {
        return 4 * Integer.BYTES * (byWarp ? warps : 1);
    }

    /** Notes an access beside those before it. */
    abstract void note(int cell, int now, int line);

    /** Notes an access that all others precede, so that they need not be known any more. */
    abstract void noteOnly(int cell, int now, int line);

    /** Stamp of an access that does not precede the access of a thread now; 0 if there is none. */
    abstract int unordered(int cell, int now);

    /** Line of an access whose stamp {@link #unordered} or {@link #only} has returned. */
    abstract int line(int cell, int stamp);

    /** Stamp of the access that {@link #noteOnly} has noted, if no other has been noted since. */
    abstract int only(int cell);

    /** Forgets all accesses. */
    abstract void reset();
}
