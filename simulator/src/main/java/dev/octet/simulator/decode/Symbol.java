package dev.octet.simulator.decode;

import dev.octet.simulator.execute.RegisterSet;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.StateSpace;

/** What a name of a kernel stands for. */
sealed interface Symbol {
    /**
     * A register.
     *
     * @param kind where it is kept
     * @param number its number there
     * @param type declared type
     */
    record Register(RegisterSet.Kind kind, int number, DataType type) implements Symbol {}

    /**
     * A variable or parameter.
     *
     * @param space where it lies
     * @param address address within that space
     */
    record Location(StateSpace space, long address) implements Symbol {}

    /**
     * A label.
     *
     * @param operation number of the operation behind it
     */
    record Target(int operation) implements Symbol {}
}
