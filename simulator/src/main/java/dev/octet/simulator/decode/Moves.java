package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.GenericSpace;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.RowFunction;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.Operand;
import dev.octet.simulator.ptx.StateSpace;
import java.util.List;
import java.util.Map;

/** Copies between registers, and addresses of one space as those of another. */
final class Moves {
    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.of("mov", Moves::mov, "cvta", Moves::cvta);

    private static final RowFunction WORDS = (w, x, d, a, b, c) -> System.arraycopy(w, a, w, d, Registers.LANES);
    private static final RowFunction LONGS = (w, x, d, a, b, c) -> System.arraycopy(x, a, x, d, Registers.LANES);

    private static final Map<StateSpace, Long> WINDOWS = Map.of(
            StateSpace.GLOBAL, 0L,
            StateSpace.SHARED, GenericSpace.SHARED_WINDOW,
            StateSpace.LOCAL, GenericSpace.LOCAL_WINDOW);

    private Moves() {}

    private static Body mov(Source in) {
        DataType type = in.modifiers().type();
        if (type == DataType.PRED) {
            return predicate(in);
        } else if (in.operands().get(0) instanceof Operand.Vector) {
            return unpack(in, type);
        } else if (in.operands().get(1) instanceof Operand.Vector) {
            return pack(in, type);
        } else if (type.bits() == 8) {
            throw in.modifiers().unknown();
        }
        return Lanewise.unary(in, type, type.isWide() ? LONGS : WORDS);
    }

    private static Body predicate(Source in) {
        in.modifiers().end();
        in.operands().expect(2);
        int d = in.operands().predicateTarget(0);
        Truth a = in.operands().truth(1);
        return (warp, lanes) -> warp.registers().setPredicate(d, a.get(warp.registers()), lanes);
    }

    private static DataType part(Source in, DataType type, Operand operand) {
        int bits = type.bits() / ((Operand.Vector) operand).elements().size();
        return DataType.of("b" + bits).filter(part -> part.bits() >= 16).orElseThrow(in.modifiers()::unknown);
    }

    /** The first register takes the lowest bits. */
    private static Body unpack(Source in, DataType type) {
        in.modifiers().end();
        in.operands().expect(2);
        DataType part = part(in, type, in.operands().get(0));
        List<Row> targets = in.operands().targets(0, part, false);
        Row a = in.operands().wideSource(1, type);
        return (warp, lanes) -> {
            Registers registers = warp.registers();
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long value = a.get(registers, lane);
                for (Row target : targets) {
                    target.set(registers, lane, value);
                    value >>>= part.bits();
                }
            }
        };
    }

    private static Body pack(Source in, DataType type) {
        in.modifiers().end();
        in.operands().expect(2);
        Row d = in.operands().wideTarget(0, type);
        DataType part = part(in, type, in.operands().get(1));
        List<Row> sources = in.operands().sources(1, part, false);
        return (warp, lanes) -> {
            Registers registers = warp.registers();
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long value = 0;
                for (int i = sources.size() - 1; i >= 0; i--) {
                    value = value << part.bits() | sources.get(i).get(registers, lane);
                }
                d.set(registers, lane, value);
            }
        };
    }

    private static Body cvta(Source in) {
        boolean toSpace = in.modifiers().take("to");
        StateSpace space = in.modifiers()
                .one(Map.of("global", StateSpace.GLOBAL, "shared", StateSpace.SHARED, "local", StateSpace.LOCAL));
        DataType type = in.modifiers().type(List.of(DataType.U64));
        long window = toSpace ? -WINDOWS.get(space) : WINDOWS.get(space);
        return Lanewise.unary(in, type, Rows.longUnary(address -> address + window));
    }
}
