package dev.octet.examples.zoo;

import dev.octet.runtime.Value;
import java.util.BitSet;

/** How many different integers a value holds: one that has few would hide most mistakes of a kernel. */
final class Distinct {
    private Distinct() {}

    static int of(Value value) {
        return of(value.bytes());
    }

    static int of(byte[] bytes) {
        BitSet found = new BitSet(256);
        for (byte element : bytes) {
            found.set(Byte.toUnsignedInt(element));
        }
        return found.cardinality();
    }
}
