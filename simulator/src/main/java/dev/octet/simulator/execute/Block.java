package dev.octet.simulator.execute;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;

/**
 * A block. Its warps are executed in turn, each up to its next barrier, so that everything is deterministic. One block
 * serves for many places in the grid, one after the other.
 */
final class Block {
    private final Launch launch;
    private final OtherBlocks others;
    private final Warp[] warps;
    private final Warpgroup[] warpgroups;
    private final Clocks clocks;
    private final Barriers barriers;
    private final SharedMemory shared;
    private int x;
    private int y;
    private long spent;
    private boolean fenced;

    Block(Launch launch, OtherBlocks others) {
        this.launch = launch;
        this.others = others;
        this.clocks = new Clocks(launch.warps());
        this.barriers = new Barriers(this);
        this.shared = new SharedMemory(launch.sharedBytes(), launch.program(), clocks);
        this.warpgroups = new Warpgroup[(launch.warps() + Warpgroup.WARPS - 1) / Warpgroup.WARPS];
        Arrays.setAll(warpgroups, i -> new Warpgroup());
        this.warps = new Warp[launch.warps()];
        Operation[] operations = launch.program().operations().toArray(Operation[]::new);
        for (int i = 0; i < warps.length; i++) {
            warps[i] = new Warp(this, i, operations);
        }
    }

    /** Executes the block of a place in the grid, and returns how many instructions its warps executed. */
    long run(int atX, int atY) {
        reset(atX, atY);
        int live = runWarps();
        while (live > 0) {
            barriers.releaseWholeBlock(live);
            requireProgress();
            live = runWarps();
        }
        requireProductsEnded();
        return spent;
    }

    private void reset(int atX, int atY) {
        x = atX;
        y = atY;
        spent = 0;
        fenced = false;
        clocks.reset();
        barriers.reset();
        shared.reset();
        for (Warpgroup warpgroup : warpgroups) {
            warpgroup.reset();
        }
        for (Warp warp : warps) {
            warp.reset();
        }
    }

    /** Executes every warp that can, and returns how many have not ended. */
    private int runWarps() {
        int live = 0;
        for (Warp warp : warps) {
            run(warp);
            live += warp.state() == Warp.State.DONE ? 0 : 1;
        }
        return live;
    }

    private void run(Warp warp) {
        try {
            warp.run();
        } catch (Fault fault) {
            throw failure(warp, fault);
        }
    }

    private void requireProductsEnded() {
        for (Warp warp : warps) {
            if (warp.products() != null) {
                try {
                    warp.products().requireEnded();
                } catch (Fault fault) {
                    throw failure(warp, fault);
                }
            }
        }
    }

    private void requireProgress() {
        Warp first = null;
        for (Warp warp : warps) {
            if (warp.state() == Warp.State.RUNNING) {
                return;
            }
            first = first == null && warp.state() == Warp.State.WAITING ? warp : first;
        }
        throw failure(first, new Fault(first.firstLive(), SimulatorCode.BARRIER_BLOCKED, others(first)));
    }

    private String others(Warp first) {
        for (Warp warp : warps) {
            if (warp.state() == Warp.State.DONE) {
                return "warp " + warp.index() + " has ended";
            } else if (warp.current() != first.current()) {
                return "warp " + warp.index() + " waits in line "
                        + warp.current().line();
            }
        }
        return "too few warps arrive";
    }

    private OctetException failure(Warp warp, Fault fault) {
        Operation at = warp.current();
        String place = "Kernel " + launch.program().name() + ", line " + at.line() + " (" + at.mnemonic() + "), block ("
                + x + ", " + y + "), thread " + warp.thread(fault.lane());
        return new OctetException(fault.code(), fault.arguments(place));
    }

    /** Counts an instruction of a warp. */
    void spend(Warp warp) {
        if (++spent > launch.budget()) {
            throw new Fault(warp.firstLive(), SimulatorCode.ENDLESS, launch.budget());
        }
    }

    /** Refuses a write to what one of the block's asynchronous copies may still read. */
    void requireNoPendingSource(int lane, Allocation allocation, int at, int size) {
        for (Warp warp : warps) {
            warp.copies().requireNoSource(lane, allocation, at, size);
        }
    }

    Launch launch() {
        return launch;
    }

    /** The warpgroup of a warp. */
    Warpgroup warpgroup(int warp) {
        return warpgroups[warp / Warpgroup.WARPS];
    }

    Clocks clocks() {
        return clocks;
    }

    Barriers barriers() {
        return barriers;
    }

    SharedMemory shared() {
        return shared;
    }

    int x() {
        return x;
    }

    int y() {
        return y;
    }

    OtherBlocks others() {
        return others;
    }

    /** What tells the block from others of the grid: its number, counted from 1. */
    int mark() {
        return y * launch.gridX() + x + 1;
    }

    boolean isFenced() {
        return fenced;
    }

    void setFenced() {
        fenced = true;
    }
}
