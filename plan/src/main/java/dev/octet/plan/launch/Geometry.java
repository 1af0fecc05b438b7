package dev.octet.plan.launch;

/**
 * Grid and block of a launch. The grid's x extent depends on the batch n:
 * {@code ceil(n * unitsPerImage / unitsPerBlock)}.
 *
 * @param unitsPerImage work items of one image along x
 * @param unitsPerBlock work items of one block along x
 * @param gridY blocks along y
 * @param threads threads per block
 * @param sharedBytes dynamic shared memory per block
 * @param cluster blocks per cluster along x; 1 for none
 * @param dependentLaunch whether the launch may begin before its predecessor has ended
 */
public record Geometry(
        long unitsPerImage,
        long unitsPerBlock,
        int gridY,
        int threads,
        int sharedBytes,
        int cluster,
        boolean dependentLaunch) {
    public Geometry {
        if (unitsPerImage < 1 || unitsPerBlock < 1 || gridY < 1 || gridY > 65535) {
            throw new IllegalArgumentException("bad grid: " + unitsPerImage + "/" + unitsPerBlock + " x " + gridY);
        }
        if (threads < 1 || threads > 1024 || sharedBytes < 0 || cluster < 1 || cluster > 16) {
            throw new IllegalArgumentException("bad block: " + threads + ", " + sharedBytes + ", " + cluster);
        }
    }

    /** A plain launch: no dynamic shared memory, no cluster, no dependent launch. */
    public static Geometry of(long unitsPerImage, long unitsPerBlock, int gridY, int threads) {
        return new Geometry(unitsPerImage, unitsPerBlock, gridY, threads, 0, 1, false);
    }

    /** Blocks along x for a batch. */
    public int gridX(int batch) {
        long units = Math.multiplyExact(unitsPerImage, (long) batch);
        return Math.toIntExact((units + unitsPerBlock - 1) / unitsPerBlock);
    }
}
