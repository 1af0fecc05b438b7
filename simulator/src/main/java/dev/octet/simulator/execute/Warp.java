package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;

/**
 * 32 threads that execute together. Where they take different ways, one way is executed after the other up to the
 * instruction where all ways meet again, the immediate post-dominator of the branch. That is where the assembler makes
 * the threads of a warp converge too, so that instructions of whole warps see the lanes that they would see on a GPU;
 * to execute the lowest instruction first would instead depend on the order in which a compiler lays out the blocks.
 */
public final class Warp {
    /** All lanes. */
    public static final int ALL = -1;

    /** A place to meet for ways that meet only when the threads end. */
    public static final int NOWHERE = Integer.MAX_VALUE;

    /** What a warp is doing. */
    enum State {
        RUNNING,
        WAITING,
        DONE
    }

    private final Block block;
    private final int index;
    private final Operation[] operations;
    private final Registers registers;
    private final AsyncCopies copies;
    /** Null if the kernel has none. */
    private final WarpgroupProducts products;

    private final byte[] local;
    private final boolean[] localWritten;
    private final byte[] buffer = new byte[16];

    private State state;
    private Operation current;
    private int pc;
    private int meeting;
    private int active;
    private int live;
    /** Lanes that may run before earlier kernels have ended. */
    private int ahead;

    private int[] stack = new int[3 * 16];
    private int depth;
    private Allocation recent = Allocation.NONE;

    Warp(Block block, int index, Operation[] operations) {
        Program program = block.launch().program();
        this.block = block;
        this.index = index;
        this.operations = operations;
        this.registers = new Registers(program.registers());
        this.copies = new AsyncCopies(this);
        this.products =
                program.traits().warpgroupProducts() ? new WarpgroupProducts(this, block.warpgroup(index)) : null;
        this.local = new byte[program.localBytes() * Registers.LANES];
        this.localWritten = new boolean[local.length];
    }

    void reset() {
        int lanes = Math.min(Registers.LANES, block.launch().threads() - index * Registers.LANES);
        live = lanes == Registers.LANES ? ALL : (1 << lanes) - 1;
        active = live;
        pc = 0;
        meeting = NOWHERE;
        depth = 0;
        state = State.RUNNING;
        current = operations[0];
        copies.reset();
        if (products != null) {
            products.reset();
        }
        ahead = program().traits().dependentLaunch() ? live : 0;
        Arrays.fill(localWritten, false);
        RegisterLayout layout = program().registers();
        registers.reset(layout);
        layout.specials().forEach((special, row) -> registers.preset(row, special.values(block, index)));
    }

    /** Executes until the warp waits or ends. */
    void run() {
        while (state == State.RUNNING) {
            if (pc == meeting) {
                pop();
            } else {
                current = operations[pc];
                block.spend(this);
                pc++;
                current.execute(this, active);
            }
        }
    }

    /** The warp's registers. */
    public Registers registers() {
        return registers;
    }

    /** The warp's asynchronous copies. */
    public AsyncCopies copies() {
        return copies;
    }

    /** The warp's products of its warpgroup; null if the kernel has none. */
    public WarpgroupProducts products() {
        return products;
    }

    /** Lanes whose threads have not ended. */
    public int live() {
        return live;
    }

    /** Room for one access of up to 16 bytes. */
    public byte[] buffer() {
        return buffer;
    }

    /** The block's barriers. */
    public Barriers barriers() {
        return block.barriers();
    }

    Block block() {
        return block;
    }

    Program program() {
        return block.launch().program();
    }

    SharedMemory shared() {
        return block.shared();
    }

    byte[] local() {
        return local;
    }

    boolean[] localWritten() {
        return localWritten;
    }

    int index() {
        return index;
    }

    int thread(int lane) {
        return index * Registers.LANES + lane;
    }

    Operation current() {
        return current;
    }

    State state() {
        return state;
    }

    /** The allocation that was accessed last. */
    Allocation recent() {
        return recent;
    }

    void setRecent(Allocation allocation) {
        recent = allocation;
    }

    void pause() {
        state = State.WAITING;
    }

    void resume() {
        state = State.RUNNING;
    }

    /** The warp's memory accesses so far happen before those of its lanes from now on. */
    public void synchronizeLanes() {
        block.clocks().advance(this);
    }

    /** Plain loads of this block may from now on see what other blocks have written. */
    public void fence() {
        block.setFenced();
    }

    /** Products see what some lanes have written so far, once a barrier orders this with them. */
    public void proxyFence(int lanes) {
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            shared().proxyFence(this, Integer.numberOfTrailingZeros(rest));
        }
    }

    /** Some lanes have waited for the kernels before this one. */
    public void awaitEarlierKernels(int lanes) {
        ahead &= ~lanes;
    }

    /** Refuses an access of a lane to what an earlier kernel may still use, unless it has waited for those. */
    void requireEarlierKernels(int lane, Allocation allocation, int at) {
        if ((ahead >>> lane & 1) != 0 && !allocation.isReadOnly()) {
            throw new Fault(lane, SimulatorCode.EARLIER_KERNELS, allocation.place(at));
        }
    }

    /**
     * Branches.
     *
     * @param target operation that the lanes of {@code taken} continue with
     * @param taken lanes
     * @param meeting operation where both ways meet, or {@link #NOWHERE}
     */
    public void branch(int target, int taken, int meeting) {
        if (taken == active) {
            pc = target;
        } else {
            diverge(target, taken, meeting);
        }
    }

    /** Lanes that end at once go first, so that they are gone when the others reach a barrier. */
    private void diverge(int target, int taken, int meetingPoint) {
        int other = active & ~taken;
        int next = pc;
        if (meetingPoint != meeting) {
            push(meetingPoint, meeting, active);
        }
        boolean swap = operations[next].isExit();
        if (swap) {
            push(target, meetingPoint, taken);
        } else {
            push(next, meetingPoint, other);
        }
        pc = swap ? next : target;
        active = swap ? other : taken;
        meeting = meetingPoint;
    }

    private void push(int at, int meetAt, int lanes) {
        if (depth + 3 > stack.length) {
            stack = Arrays.copyOf(stack, stack.length * 2);
        }
        stack[depth++] = at;
        stack[depth++] = meetAt;
        stack[depth++] = lanes;
    }

    /** Continues with the next way that has lanes left. */
    private void pop() {
        do {
            if (depth == 0) {
                state = State.DONE;
                return;
            }
            active = stack[--depth] & live;
            meeting = stack[--depth];
            pc = stack[--depth];
        } while (active == 0);
    }

    /** Ends threads. */
    public void exit(int lanes) {
        live &= ~lanes;
        active &= ~lanes;
        if (active == 0) {
            pop();
        }
    }

    /** Refuses a branch that only some of the lanes take which have come here together. */
    public void requireAgreement(int lanes) {
        if (lanes != active) {
            String what = "lanes 0x%08x branch and lanes 0x%08x do not, though '.uni' says that all do the same"
                    .formatted(lanes, active & ~lanes);
            throw new Fault(Integer.numberOfTrailingZeros(lanes), SimulatorCode.UNDEFINED, what);
        }
    }

    /** Refuses an address in shared memory behind which the block has fewer bytes. */
    public void requireShared(int lane, long address, int size) {
        shared().check(lane, BlockSpace.bounded(address), size);
    }

    /** The lowest lane whose thread has not ended. */
    int firstLive() {
        return Integer.numberOfTrailingZeros(live);
    }

    /** Refuses an operation of whole warps if lanes are missing. */
    public void requireLanes(int lanes, int required) {
        if (lanes != required) {
            int missing = required & ~lanes;
            int lane = Integer.numberOfTrailingZeros(missing != 0 ? missing : lanes & ~required);
            throw new Fault(lane, SimulatorCode.INACTIVE_LANES, lanes, required);
        }
    }
}
