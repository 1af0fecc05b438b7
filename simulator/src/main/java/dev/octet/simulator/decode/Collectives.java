package dev.octet.simulator.decode;

import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Fault;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.Operand;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;

/** What the lanes of a warp tell each other: votes, matches, sums, and registers of other lanes. */
final class Collectives {
    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.of(
            "vote", Collectives::vote,
            "activemask", Collectives::activemask,
            "match", Collectives::match,
            "redux", Collectives::redux,
            "shfl", Shuffles::shfl);

    private Collectives() {}

    private static Body activemask(Source in) {
        DataType type = in.modifiers().type(List.of(DataType.B32));
        in.modifiers().end();
        in.operands().expect(1);
        Row d = in.operands().wideTarget(0, type);
        return (warp, lanes) -> fill(warp.registers(), d, lanes, lanes);
    }

    private static void fill(Registers registers, Row d, int lanes, int value) {
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            d.set(registers, Integer.numberOfTrailingZeros(rest), value);
        }
    }

    private static Body vote(Source in) {
        in.modifiers().require("sync");
        if (in.modifiers().take("ballot")) {
            DataType type = in.modifiers().type(List.of(DataType.B32));
            in.modifiers().end();
            in.operands().expect(3);
            Row d = in.operands().wideTarget(0, type);
            Truth a = in.operands().truth(1);
            Row members = in.operands().wideSource(2, DataType.B32);
            return Synchronization.byMembers(
                    members, (warp, lanes) -> fill(warp.registers(), d, lanes, a.get(warp.registers()) & lanes));
        }
        return truth(in);
    }

    private static Body truth(Source in) {
        IntBinaryOperator test = in.modifiers()
                .one(Map.<String, IntBinaryOperator>of(
                        "any", (bits, lanes) -> bits != 0 ? -1 : 0,
                        "all", (bits, lanes) -> bits == lanes ? -1 : 0,
                        "uni", (bits, lanes) -> bits == 0 || bits == lanes ? -1 : 0));
        in.modifiers().require("pred");
        in.modifiers().end();
        in.operands().expect(3);
        int d = in.operands().predicateTarget(0);
        Truth a = in.operands().truth(1);
        Row members = in.operands().wideSource(2, DataType.B32);
        return Synchronization.byMembers(members, (warp, lanes) -> {
            int bits = a.get(warp.registers()) & lanes;
            warp.registers().setPredicate(d, test.applyAsInt(bits, lanes), lanes);
        });
    }

    private static Body match(Source in) {
        in.requires(70);
        boolean all = in.modifiers().one(Map.of("any", false, "all", true));
        in.modifiers().require("sync");
        DataType type = in.modifiers().type(List.of(DataType.B32, DataType.B64));
        in.modifiers().end();
        in.operands().expect(3);
        Operand target = in.operands().get(0);
        int p = target instanceof Operand.Pair pair && all ? in.operands().predicateWritten(pair.second()) : -1;
        Row d = target instanceof Operand.Pair pair && all
                ? in.operands().target(pair.first(), DataType.B32, false)
                : in.operands().wideTarget(0, DataType.B32);
        Row a = in.operands().wideSource(1, type);
        Row members = in.operands().wideSource(2, DataType.B32);
        return Synchronization.byMembers(members, (warp, lanes) -> {
            Registers registers = warp.registers();
            int[] equal = equalLanes(registers, a, lanes);
            boolean same = equal[Integer.numberOfTrailingZeros(lanes)] == lanes;
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                d.set(registers, lane, !all || same ? equal[lane] : 0);
            }
            if (p >= 0) {
                registers.setPredicate(p, same ? -1 : 0, lanes);
            }
        });
    }

    /** For each lane, those with the same value. */
    private static int[] equalLanes(Registers registers, Row a, int lanes) {
        int[] equal = new int[Registers.LANES];
        for (int i = 0; i < equal.length; i++) {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                equal[i] |= a.get(registers, lane) == a.get(registers, i) ? 1 << lane : 0;
            }
        }
        return equal;
    }

    private static Body redux(Source in) {
        in.requires(80);
        in.modifiers().require("sync");
        DataType type = in.modifiers().type(List.of(DataType.B32, DataType.U32, DataType.S32));
        int flip = type.isSigned() ? 0 : Integer.MIN_VALUE;
        Map<String, IntBinaryOperator> numbers = Map.of(
                "add", Integer::sum,
                "min", (a, b) -> (a ^ flip) < (b ^ flip) ? a : b,
                "max", (a, b) -> (a ^ flip) > (b ^ flip) ? a : b);
        Map<String, IntBinaryOperator> bits =
                Map.of("and", (a, b) -> a & b, "or", (a, b) -> a | b, "xor", (a, b) -> a ^ b);
        IntBinaryOperator f = in.modifiers().one(type == DataType.B32 ? bits : numbers);
        in.modifiers().end();
        in.operands().expect(3);
        Row d = in.operands().wideTarget(0, type);
        Row a = in.operands().wideSource(1, type);
        Row members = in.operands().wideSource(2, DataType.B32);
        return Synchronization.byMembers(members, (warp, lanes) -> {
            int result = (int) a.get(warp.registers(), Integer.numberOfTrailingZeros(lanes));
            for (int rest = lanes & lanes - 1; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                result = f.applyAsInt(result, (int) a.get(warp.registers(), lane));
            }
            fill(warp.registers(), d, lanes, result);
        });
    }

    static Fault notThere(int lane, int other) {
        return new Fault(
                lane, SimulatorCode.UNDEFINED, "it asks for a register of lane " + other + ", which takes no part");
    }
}
