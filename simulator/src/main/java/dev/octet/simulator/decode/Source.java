package dev.octet.simulator.decode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.ptx.Statement;

/**
 * An instruction that is being decoded.
 *
 * @param instruction as parsed
 * @param modifiers its modifiers, from which decoders take
 * @param operands its operands
 * @param meeting operation where the ways of a branch meet
 * @param target GPU family of the module
 * @param capability compute capability of the target, such as 80
 */
record Source(
        Statement.Instruction instruction,
        Modifiers modifiers,
        Operands operands,
        int meeting,
        String target,
        int capability) {
    /**
     * Refuses an instruction that the module's target lacks, or that lacks it in this form.
     *
     * @param least compute capability from which on GPUs have it
     */
    void requires(int least) {
        if (capability < least) {
            throw lacking("sm_" + least + " or higher");
        }
    }

    /**
     * Refuses an instruction that one generation of GPUs alone has.
     *
     * @param only target that it needs
     */
    void requires(String only) {
        if (!target.equals(only)) {
            throw lacking(only);
        }
    }

    private OctetException lacking(String needed) {
        return new OctetException(SimulatorCode.TARGET, instruction.line(), instruction.mnemonic(), needed, target);
    }

    String opcode() {
        String mnemonic = instruction.mnemonic();
        int dot = mnemonic.indexOf('.');
        return dot < 0 ? mnemonic : mnemonic.substring(0, dot);
    }
}
