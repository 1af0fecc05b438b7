package dev.octet.simulator;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of the simulator. Those of running kernels begin with kernel, PTX line, mnemonic, block and thread. */
public enum SimulatorCode implements DiagnosticCode {
    /** Text that is not PTX. */
    SYNTAX("OCTET-SIM-001", "Line %d of the PTX: %s. Compile the kernel again, or correct the line."),
    /** PTX that the simulator does not execute. */
    UNKNOWN(
            "OCTET-SIM-002",
            "Line %d of the PTX: the simulator does not know %s. Run this kernel on a GPU, or teach the simulator."),
    /** An instruction whose operands do not fit. */
    OPERAND("OCTET-SIM-003", "Line %d of the PTX, %s: %s. Assemble the kernel with ptxas to see more."),
    /** A kernel that asks for too much. */
    LIMIT("OCTET-SIM-004", "Line %d of the PTX: %s. Reduce it, or divide the kernel."),
    /** A module without the entry. */
    NO_ENTRY("OCTET-SIM-005", "The module has no entry '%s'; it has %s. Correct the name."),
    /** A launch that no device would accept. */
    LAUNCH("OCTET-SIM-006", "Kernel %s cannot be launched: %s. Correct the launch."),
    /** A host call with an address or size that is not allocated. */
    HOST_MEMORY("OCTET-SIM-007", "%s of %d bytes at 0x%x: %s. Correct address and size."),
    /** The simulated device has no more memory. */
    MEMORY_FULL("OCTET-SIM-008", "%d bytes were asked of %d that are free on the simulated device. Use less."),
    /** A file that is not a cubin. */
    CUBIN("OCTET-SIM-009", "The cubin cannot be read: %s. Assemble the kernel again."),
    /** Blocks that are too large for the host. */
    BLOCK_MEMORY(
            "OCTET-SIM-010",
            "Kernel %s cannot be launched: a block takes %d bytes of the Java heap, of which %d are for blocks. Use fewer"
                    + " registers, local variables or threads, or raise the heap."),
    /** An instruction that the module's target does not have. */
    TARGET(
            "OCTET-SIM-011",
            "Line %d of the PTX: '%s' needs a .target of %s, the module's is %s. Change the target, or use what it has."),
    /** A register that was not written. */
    UNWRITTEN_REGISTER(
            "OCTET-SIM-020", "%s: register %s is read, but this thread has not written it. Initialise the variable."),
    /** Memory that was not written. */
    UNWRITTEN_MEMORY(
            "OCTET-SIM-021",
            "%s: %d bytes are read at %s, of which byte %d was never written. Write it first, or do not read it."),
    /** An address outside of all memory. */
    OUT_OF_BOUNDS("OCTET-SIM-022", "%s: %d bytes at %s. Check the index and the size of the buffer."),
    /** An address that is not a multiple of the access. */
    MISALIGNED("OCTET-SIM-023", "%s: address 0x%x is not a multiple of %d. Align the data, or use smaller accesses."),
    /** Two threads, one address, no barrier. */
    RACE(
            "OCTET-SIM-024",
            "%s: %s byte %d of shared memory, which thread %d %s in line %d with no barrier between. Add a barrier."),
    /** Data of an asynchronous copy, too early. */
    ASYNC(
            "OCTET-SIM-025",
            "%s: %s byte %d of shared memory, where thread %d has begun an asynchronous copy in line %d without"
                    + " waiting for it. Wait for the copy's group first."),
    /** A barrier that part of a warp reaches. */
    BARRIER_DIVERGED(
            "OCTET-SIM-026",
            "%s: lanes 0x%08x of the warp reach the barrier, lanes 0x%08x do not. Move it out of the condition."),
    /** Barriers that never complete. */
    BARRIER_BLOCKED(
            "OCTET-SIM-027",
            "%s: the warp waits at a barrier for ever; %s. Let all warps reach the same barriers in the same order."),
    /** An instruction of whole warps in part of one. */
    INACTIVE_LANES(
            "OCTET-SIM-028",
            "%s: lanes 0x%08x take part, but it needs lanes 0x%08x. Let the threads meet before it is called."),
    /** A loop without end. */
    ENDLESS(
            "OCTET-SIM-029",
            "%s: still running after %d instructions of its block. Look for a loop without end, or raise the limit."),
    /** A write to memory that must not change. */
    READ_ONLY("OCTET-SIM-030", "%s: writes %s, %s. Write to another buffer, or read it without '.nc'."),
    /** Two blocks, one address. */
    BLOCKS_RACE(
            "OCTET-SIM-031",
            "%s: %s %s, which block %d has %s in this launch. Divide the work so that blocks do not meet."),
    /** Operands for which the result is not defined. */
    UNDEFINED("OCTET-SIM-032", "%s: %s. The result is not defined; avoid such operands."),
    /** Two threads of a block, one byte of global memory, no barrier. */
    GLOBAL_RACE(
            "OCTET-SIM-033",
            "%s: writes another value to %s than thread %d of this block, with no barrier between. Add a barrier, or"
                    + " divide the work so that threads do not meet."),
    /** More synchronisation than can be counted. */
    INTERVALS(
            "OCTET-SIM-034",
            "%s: the warp has met others %d times, and the simulator tells no more apart. Launch the work in parts."),
    /** The source of an asynchronous copy, too early. */
    ASYNC_SOURCE(
            "OCTET-SIM-035",
            "%s: writes to %s, from which thread %d of this block copies asynchronously since line %d. Wait for the copy's"
                    + " group first."),
    /** Warps of a warpgroup that do not do the same. */
    WARPGROUP(
            "OCTET-SIM-036",
            "%s: %s. Let all four warps of the warpgroup execute the same 'wgmma' instructions in the same order with the"
                    + " same operands, and wait for all products."),
    /** A descriptor of a matrix that is not what products need. */
    DESCRIPTOR(
            "OCTET-SIM-037",
            "%s: the descriptor of %s, 0x%016x, %s. Describe rows of 32 bytes within tiles of 8 rows of 128 bytes that begin"
                    + " at multiples of 1024."),
    /** A register between a product and the wait for it. */
    IN_FLIGHT(
            "OCTET-SIM-038",
            "%s: uses register %s, which the product of line %d has yet to write. Wait for the product's group first."),
    /** A register that was used by other instructions before a product, without a fence. */
    REGISTER_FENCE(
            "OCTET-SIM-039",
            "%s: register %s was used by other instructions, or not yet by a product, and no 'wgmma.fence' came after that."
                    + " Put one behind the last such use."),
    /** Shared memory that a thread wrote, and that a product need not see. */
    PROXY_FENCE(
            "OCTET-SIM-040",
            "%s: reads byte %d of shared memory, which thread %d has written without a 'fence.proxy.async' of its own between"
                    + " that and the barrier. Add one before the barrier, after the wait for asynchronous copies."),
    /** A write to what a product has yet to read. */
    OPERAND_IN_USE(
            "OCTET-SIM-041",
            "%s: overwrites byte %d of shared memory, which the product of line %d may still read. Wait for the product's"
                    + " group first."),
    /** Memory that earlier kernels may use, too early. */
    EARLIER_KERNELS(
            "OCTET-SIM-042",
            "%s: uses %s before its thread has waited for earlier kernels. Move it behind 'griddepcontrol.wait', or let the"
                    + " host protect what no kernel writes.");

    private final String id;
    private final String text;

    SimulatorCode(String id, String text) {
        this.id = id;
        this.text = text;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String text() {
        return text;
    }
}
