package dev.octet.simulator.decode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.ptx.Variable;

/** Addresses of the variables of one space, in the order of their declaration. */
final class VariableLayout {
    private final String what;
    private final int most;
    private int end;

    VariableLayout(String what, int most) {
        this.what = what;
        this.most = most;
    }

    /** Address of a variable that follows the others. */
    int place(Variable variable) {
        long address = ((long) end + variable.align() - 1) / variable.align() * variable.align();
        if (address + variable.size() > most) {
            throw new OctetException(
                    SimulatorCode.LIMIT,
                    variable.line(),
                    "with '" + variable.name() + "' the kernel has more than " + most + " bytes of " + what);
        }
        end = (int) address + variable.size();
        return (int) address;
    }

    /** Bytes of all variables. */
    int bytes() {
        return end;
    }
}
