package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;

/** Generic addresses: those in two windows belong to shared and local memory, all others to global memory. */
public enum GenericSpace implements AddressSpace {
    /** Plain loads and stores. */
    PLAIN(GlobalSpace.PLAIN),
    /** Loads of global memory that nobody writes during the launch. */
    CONSTANT(GlobalSpace.CONSTANT),
    /** Accesses that other blocks see. */
    COHERENT(GlobalSpace.COHERENT);

    /** Generic address of the first byte of shared memory. */
    public static final long SHARED_WINDOW = 0x7f00_0000_0000L;

    /** Generic address of the first byte of local memory. */
    public static final long LOCAL_WINDOW = 0x7e00_0000_0000L;

    private static final long WINDOW_SIZE = 1L << 32;

    private final GlobalSpace global;

    GenericSpace(GlobalSpace global) {
        this.global = global;
    }

    @Override
    public void read(Warp warp, int lane, long address, int size, byte[] to) {
        AddressSpace space = space(address);
        if (this == CONSTANT && space != global) {
            throw new Fault(lane, SimulatorCode.UNDEFINED, "the address lies outside of global memory");
        }
        space.read(warp, lane, offset(address), size, to);
    }

    @Override
    public void write(Warp warp, int lane, long address, int size, byte[] from) {
        space(address).write(warp, lane, offset(address), size, from);
    }

    @Override
    public void update(Warp warp, int lane, long address, int size, Update update) {
        space(address).update(warp, lane, offset(address), size, update);
    }

    private AddressSpace space(long address) {
        if (isIn(SHARED_WINDOW, address)) {
            return BlockSpace.SHARED;
        }
        return isIn(LOCAL_WINDOW, address) ? BlockSpace.LOCAL : global;
    }

    private static long offset(long address) {
        return isIn(SHARED_WINDOW, address) || isIn(LOCAL_WINDOW, address) ? address & WINDOW_SIZE - 1 : address;
    }

    private static boolean isIn(long window, long address) {
        return address >= window && address < window + WINDOW_SIZE;
    }
}
