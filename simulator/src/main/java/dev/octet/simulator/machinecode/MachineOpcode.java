package dev.octet.simulator.machinecode;

/** Instructions of the machine code of compute capability 7.5 and later that tests look for, by their low 12 bits. */
public enum MachineOpcode {
    /** Product of matrices of integers. */
    IMMA(0x237),
    /** Dot product of four bytes. */
    IDP(0x226),
    /** Dot product of four bytes with a number in the instruction. */
    IDP_IMMEDIATE(0x826),
    /** Dot product of four bytes with a number in constant memory. */
    IDP_CONSTANT(0xa26),
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

    MachineOpcode(int bits) {
        this.bits = bits;
    }

    /** Its low 12 bits. */
    public int bits() {
        return bits;
    }
}
