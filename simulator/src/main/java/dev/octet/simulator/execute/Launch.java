package dev.octet.simulator.execute;

import java.util.Objects;

/**
 * A launch, known to be acceptable.
 *
 * @param program kernel
 * @param gridX blocks along x
 * @param gridY blocks along y
 * @param threads threads per block
 * @param dynamicShared bytes of shared memory per block beyond those that the kernel declares
 * @param parameters bytes of the parameters; not copied
 * @param memory the device's memory
 * @param budget instructions that each block may execute, counted by warp
 */
public record Launch(
        Program program,
        int gridX,
        int gridY,
        int threads,
        int dynamicShared,
        byte[] parameters,
        GlobalMemory memory,
        long budget) {
    public Launch {
        Objects.requireNonNull(program);
        Objects.requireNonNull(parameters);
        Objects.requireNonNull(memory);
        if (gridX < 1 || gridY < 1 || threads < 1 || dynamicShared < 0 || budget < 1) {
            throw new IllegalArgumentException("an extent is not positive");
        }
    }

    int warps() {
        return (threads + Registers.LANES - 1) / Registers.LANES;
    }

    int sharedBytes() {
        return program.sharedBytes() + dynamicShared;
    }

    /** Bytes of shared memory that a device of the target sets aside, in its units of allocation. */
    int allocatedSharedBytes() {
        int unit = program.capability() < 80 ? 256 : 128;
        return (sharedBytes() + unit - 1) / unit * unit;
    }

    /**
     * Bytes of the host's memory that a block takes while it runs: registers and local memory of its warps, operations,
     * and its shared memory, with the notes about them.
     */
    public long hostBytes() {
        RegisterLayout registers = program.registers();
        long warp = Registers.hostBytes(registers) + 2L * program.localBytes() * Registers.LANES;
        if (program.traits().warpgroupProducts()) {
            warp += WarpgroupProducts.hostBytes(registers);
        }
        long operations = (long) Long.BYTES * program.operations().size();
        return warps() * warp + operations + SharedMemory.hostBytes(sharedBytes(), program, warps());
    }

    long blocks() {
        return (long) gridX * gridY;
    }
}
