package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.ptx.DataType;
import java.util.List;
import java.util.Map;

/** Picks bytes out of two words. */
final class Permutation {
    /** For each mode and number of a byte, the selector that the default mode would use. */
    private static final Map<String, int[]> SELECTORS = Map.of(
            "f4e", new int[] {0x3210, 0x4321, 0x5432, 0x6543},
            "b4e", new int[] {0x5670, 0x6701, 0x7012, 0x0123},
            "rc8", new int[] {0x0000, 0x1111, 0x2222, 0x3333},
            "ecl", new int[] {0x3210, 0x3211, 0x3222, 0x3333},
            "ecr", new int[] {0x0000, 0x1110, 0x2210, 0x3210},
            "rc16", new int[] {0x1010, 0x3232, 0x1010, 0x3232});

    private Permutation() {}

    static Body prmt(Source in) {
        int[] selectors = in.modifiers().oneOr(SELECTORS, new int[0]);
        DataType type = in.modifiers().type(List.of(DataType.B32));
        return Lanewise.ternary(
                in,
                type,
                selectors.length == 0
                        ? Rows.ternary(Permutation::select)
                        : Rows.ternary((a, b, c) -> select(a, b, selectors[c & 3])));
    }

    /** Each nibble of the selector names a byte; its high bit asks for the byte's sign instead. */
    static int select(int a, int b, int selector) {
        long bytes = (long) b << 32 | a & 0xffff_ffffL;
        int result = 0;
        for (int i = 0; i < 4; i++) {
            int nibble = selector >> 4 * i & 15;
            int value = (int) (bytes >> 8 * (nibble & 7)) & 255;
            if (nibble > 7) {
                value = value > 127 ? 255 : 0;
            }
            result |= value << 8 * i;
        }
        return result;
    }
}
