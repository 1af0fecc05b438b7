package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Products of a warpgroup that one of its warps has begun and not waited for. Operands are read and results written when
 * they are waited for, as late as a GPU may; until then nobody may touch either. Registers have to be ordered with products
 * by a {@code wgmma.fence} after any other instruction has touched them, but for products that follow each other.
 */
public final class WarpgroupProducts {
    private final Warp warp;
    private final Warpgroup warpgroup;
    private final Deque<WarpgroupProduct> pending = new ArrayDeque<>();

    /** By register, the last product that has yet to write it. */
    private final WarpgroupProduct[] writers;

    /** By register, whether an instruction that is no product has touched it since the last fence. */
    private final boolean[] touched;

    private long groups;

    WarpgroupProducts(Warp warp, Warpgroup warpgroup) {
        this.warp = warp;
        this.warpgroup = warpgroup;
        int words = warp.program().registers().words();
        writers = new WarpgroupProduct[words];
        touched = new boolean[words];
    }

    /** Bytes of the host's memory that a warp takes for this. */
    static long hostBytes(RegisterLayout layout) {
        return (long) (Long.BYTES + 1) * layout.words();
    }

    void reset() {
        pending.clear();
        groups = 0;
        Arrays.fill(writers, null);
        Arrays.fill(touched, true);
    }

    /** An instruction that is no product reads or writes registers. */
    void touch(RegisterSet set) {
        for (int number : set.words()) {
            if (writers[number] != null) {
                throw inFlight(number);
            }
            touched[number] = true;
        }
    }

    private Fault inFlight(int number) {
        return new Fault(0, SimulatorCode.IN_FLIGHT, name(number), writers[number].line());
    }

    private String name(int number) {
        return warp.program().registerName(RegisterSet.Kind.WORD, number);
    }

    /** Orders what all other instructions did with registers before the products that follow. */
    public void fence() {
        takeTogether();
        Arrays.fill(touched, false);
    }

    /**
     * Begins a product.
     *
     * @param form what the instruction says of it
     * @param registers numbers of the registers for the result; not copied
     * @param a descriptor of the first operand
     * @param b descriptor of the second operand
     * @param adds whether the product is added to what the registers hold
     */
    public void begin(WarpgroupProduct.Form form, int[] registers, long a, long b, boolean adds) {
        requireWholeGroup();
        warpgroup.take(warp, a, b, adds);
        WarpgroupProduct before = writers[registers[0]];
        boolean follows = before != null && before.isFollowedBy(registers);
        for (int number : registers) {
            if (writers[number] != null && !(follows && writers[number] == before)) {
                throw inFlight(number);
            } else if (touched[number]) {
                throw new Fault(0, SimulatorCode.REGISTER_FENCE, name(number));
            }
            if (adds && writers[number] == null) {
                requireWritten(number);
            }
        }
        WarpgroupProduct product = new WarpgroupProduct(
                warp,
                form,
                registers,
                OperandDescriptor.of("A", a, Warpgroup.WARPS * WarpgroupProduct.ROWS),
                OperandDescriptor.of("B", b, form.columns()),
                adds,
                groups);
        product.begin(warp);
        pending.add(product);
        for (int number : registers) {
            writers[number] = product;
        }
    }

    private void requireWritten(int number) {
        int missing = ~warp.registers().written(RegisterSet.Kind.WORD, number);
        if (missing != 0) {
            throw new Fault(Integer.numberOfTrailingZeros(missing), SimulatorCode.UNWRITTEN_REGISTER, name(number));
        }
    }

    /** Ends the group of the products that were begun since the last one. */
    public void commit() {
        takeTogether();
        groups++;
    }

    /** Waits for all groups but the last few. */
    public void await(int lastFew) {
        takeTogether();
        while (!pending.isEmpty() && pending.peek().group() < groups - lastFew) {
            WarpgroupProduct product = pending.remove();
            product.end(warp);
            for (int number : product.registers()) {
                if (writers[number] == product) {
                    writers[number] = null;
                }
            }
        }
    }

    private void takeTogether() {
        requireWholeGroup();
        warpgroup.take(warp);
    }

    private void requireWholeGroup() {
        int warps = warp.block().clocks().warps();
        if (warp.index() / Warpgroup.WARPS * Warpgroup.WARPS + Warpgroup.WARPS > warps) {
            String what = "the block has " + warps + " warps, which leaves this warpgroup less than four";
            throw new Fault(0, SimulatorCode.WARPGROUP, what);
        }
    }

    /** Refuses the end of a warp that has not waited, or has left out what other warps of its warpgroup did. */
    void requireEnded() {
        warpgroup.requireAllDone(warp);
        if (!pending.isEmpty()) {
            String what = "the warp ends without waiting for the product of line "
                    + pending.peek().line();
            throw new Fault(0, SimulatorCode.WARPGROUP, what);
        }
    }
}
