package dev.octet.simulator.machinecode;

/** Instructions of the machine code of compute capability 7.5 and later that tests look for, by their low 12 bits. */
public enum MachineOpcode {
    /** Product of matrices of integers. */
    IMMA(0x237),
    /** Product of matrices of integers by a warpgroup, wherever its operands come from. */
    IGMMA(0x9f1, 0x1ff),
    /** Dot product of four bytes. */
    IDP(0x226),
    /** Dot product of four bytes with a number in the instruction. */
    IDP_IMMEDIATE(0x826),
    /** Dot product of four bytes with a number in constant memory. */
    IDP_CONSTANT(0xa26),
    /** Dot product of four bytes with a register that all lanes share. */
    IDP_UNIFORM(0xc26),
    /** Load of matrices from shared memory. */
    LDSM(0x83b),
    /** Asynchronous copy from global to shared memory. */
    LDGSTS(0xfae),
    /** Load from a thread's local memory. */
    LDL(0x983),
    /** Store to a thread's local memory. */
    STL(0x387),
    /** Float to integer. */
    F2I(0x305),
    /** Integer to float. */
    I2F(0x306),
    /** Integer to float, at the rate of arithmetic. */
    I2FP(0x245);

    private final int bits;
    private final int mask;

    MachineOpcode(int bits) {
        this(bits, 0xfff);
    }

    MachineOpcode(int bits, int mask) {
        this.bits = bits;
        this.mask = mask;
    }

    /** Its low 12 bits, of which the 3 highest may differ where operands come from elsewhere. */
    public int bits() {
        return bits;
    }

    /** Whether an instruction is this one, by its low 12 bits. */
    boolean is(int opcode) {
        return (opcode & mask) == (bits & mask);
    }
}
