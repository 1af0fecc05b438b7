package dev.octet.toolchain;

import dev.octet.plan.Target;
import java.util.Set;

/**
 * Assembles PTX to machine code, which also proves at build time that a driver can compile the PTX: an assembler
 * refuses instructions that the declared target or ISA version lacks, and says what resources the kernel takes.
 * Thread-safe.
 */
public interface PtxAssembler {
    /** Name and version, for people and for cache keys: equal identities make equal machine code of equal PTX. */
    String identity();

    /** Machines that this assembler has code for, as ten times their compute capability. */
    Set<Integer> machines();

    /**
     * Assembles a kernel.
     *
     * @param target GPU family that the PTX declares
     * @param machine one of {@link #machines} that runs the target's PTX
     * @param kernel name for messages
     * @param ptx post-processed PTX
     * @throws dev.octet.plan.diag.OctetException if the assembler finds anything to complain about, warnings included, or
     *     says that asynchronous products of matrices would wait for each other
     */
    Assembled assemble(Target target, int machine, String kernel, String ptx);

    /**
     * A kernel's machine code and what it takes.
     *
     * @param elf the cubin, an ELF file; not copied
     * @param registers registers per thread
     * @param sharedBytes static shared memory per block
     * @param spilledBytes stored to and loaded from memory for lack of registers
     */
    record Assembled(byte[] elf, int registers, int sharedBytes, int spilledBytes) {}
}
