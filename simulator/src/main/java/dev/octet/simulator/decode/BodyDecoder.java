package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;

/** Decodes the instructions of one opcode. */
@FunctionalInterface
interface BodyDecoder {
    /** What the instruction does. */
    Body decode(Source in);
}
