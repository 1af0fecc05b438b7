package dev.octet.simulator.decode;

import dev.octet.simulator.ptx.Statement;

/**
 * An instruction that is being decoded.
 *
 * @param instruction as parsed
 * @param modifiers its modifiers, from which decoders take
 * @param operands its operands
 * @param meeting operation where the ways of a branch meet
 */
record Source(Statement.Instruction instruction, Modifiers modifiers, Operands operands, int meeting) {
    String opcode() {
        String mnemonic = instruction.mnemonic();
        int dot = mnemonic.indexOf('.');
        return dot < 0 ? mnemonic : mnemonic.substring(0, dot);
    }
}
