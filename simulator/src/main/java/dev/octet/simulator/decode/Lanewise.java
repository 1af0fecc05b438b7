package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.RowFunction;
import dev.octet.simulator.ptx.DataType;

/** Instructions that compute each lane's result from the lane's own operands. */
final class Lanewise {
    private Lanewise() {}

    /** One operand and a result of the same type. */
    static Body unary(Source in, DataType type, RowFunction f) {
        in.modifiers().end();
        in.operands().expect(2);
        int d = in.operands().target(0, type);
        int a = in.operands().source(1, type);
        return body(type.isWide(), f, d, a, 0, 0);
    }

    /** Two operands and a result of the same type. */
    static Body binary(Source in, DataType type, RowFunction f) {
        return binary(in, type, type, f);
    }

    /** Two operands, the second of another type. */
    static Body binary(Source in, DataType type, DataType second, RowFunction f) {
        in.modifiers().end();
        in.operands().expect(3);
        int d = in.operands().target(0, type);
        int a = in.operands().source(1, type);
        int b = in.operands().source(2, second);
        return body(type.isWide(), f, d, a, b, 0);
    }

    /** Three operands and a result of the same type. */
    static Body ternary(Source in, DataType type, RowFunction f) {
        return ternary(in, type, type, type, f);
    }

    /** Three operands: the first two of one type, the third of the result's. */
    static Body ternary(Source in, DataType result, DataType firstTwo, DataType third, RowFunction f) {
        in.modifiers().end();
        in.operands().expect(4);
        int d = in.operands().target(0, result);
        int a = in.operands().source(1, firstTwo);
        int b = in.operands().source(2, firstTwo);
        int c = in.operands().source(3, third);
        return body(result.isWide(), f, d, a, b, c);
    }

    static Body body(boolean wide, RowFunction f, int d, int a, int b, int c) {
        return wide
                ? (warp, lanes) -> warp.registers().computeLongs(f, d, a, b, c, lanes)
                : (warp, lanes) -> warp.registers().computeWords(f, d, a, b, c, lanes);
    }
}
