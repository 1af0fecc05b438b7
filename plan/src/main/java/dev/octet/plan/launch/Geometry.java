package dev.octet.plan.launch;

/**
 * Grid and block of a launch. The grid's x extent depends on the batch n:
 * {@code min(ceil(n * unitsPerImage / unitsPerBlock), mostX)}.
 *
 * @param unitsPerImage work items of one image along x
 * @param unitsPerBlock work items of one block along x
 * @param gridY blocks along y
 * @param threads threads per block
 * @param sharedBytes dynamic shared memory per block
 * @param cluster blocks per cluster along x; 1 for none
 * @param dependentLaunch whether the launch may begin before its predecessor has ended
 * @param mostX most blocks along x: a kernel whose blocks walk over the units by the grid's extent is launched with no more
 *     than a device runs at once; {@link #UNLIMITED} for a kernel that has a block for all units
 */
public record Geometry(
        long unitsPerImage,
        long unitsPerBlock,
        int gridY,
        int threads,
        int sharedBytes,
        int cluster,
        boolean dependentLaunch,
        int mostX) {
    /** No limit of the blocks along x. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public Geometry {
        if (unitsPerImage < 1 || unitsPerBlock < 1 || gridY < 1 || gridY > 65535 || mostX < 1) {
            throw new IllegalArgumentException("bad grid: " + unitsPerImage + "/" + unitsPerBlock + " x " + gridY
                    + (mostX == UNLIMITED ? "" : ", at most " + mostX));
        }
        if (threads < 1 || threads > 1024 || sharedBytes < 0 || cluster < 1 || cluster > 16) {
            throw new IllegalArgumentException("bad block: " + threads + ", " + sharedBytes + ", " + cluster);
        }
    }

    /** A launch with a block for all units. */
    public Geometry(
            long unitsPerImage,
            long unitsPerBlock,
            int gridY,
            int threads,
            int sharedBytes,
            int cluster,
            boolean dependentLaunch) {
        this(unitsPerImage, unitsPerBlock, gridY, threads, sharedBytes, cluster, dependentLaunch, UNLIMITED);
    }

    /** A plain launch: no dynamic shared memory, no cluster, no dependent launch, no limit of blocks. */
    public static Geometry of(long unitsPerImage, long unitsPerBlock, int gridY, int threads) {
        return new Geometry(unitsPerImage, unitsPerBlock, gridY, threads, 0, 1, false);
    }

    /** Whether the blocks along x are limited. */
    public boolean isLimited() {
        return mostX != UNLIMITED;
    }

    /** Blocks along x for a batch of at least one image; throws {@link ArithmeticException} if no launch can have so many. */
    public int gridX(int batch) {
        long units = Math.multiplyExact(unitsPerImage, (long) batch);
        long blocks = (units - 1) / unitsPerBlock + 1;
        return isLimited() ? (int) Math.min(blocks, mostX) : Math.toIntExact(blocks);
    }
}
