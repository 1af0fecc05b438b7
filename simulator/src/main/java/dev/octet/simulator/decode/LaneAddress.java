package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Registers;

/**
 * An address operand.
 *
 * @param base register
 * @param offset bytes that are added
 */
record LaneAddress(Row base, long offset) {
    long get(Registers registers, int lane) {
        return base.get(registers, lane) + offset;
    }
}
