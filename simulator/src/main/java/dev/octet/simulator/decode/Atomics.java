package dev.octet.simulator.decode;

import dev.octet.simulator.execute.AddressSpace;
import dev.octet.simulator.execute.BlockSpace;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.GenericSpace;
import dev.octet.simulator.execute.GlobalSpace;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.Warp;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.StateSpace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Atomic operations on integers. Those on floats are not known: their results depend on the order of the threads. */
final class Atomics {
    static final Map<String, BodyDecoder> INSTRUCTIONS =
            Map.of("atom", in -> atomic(in, true), "red", in -> atomic(in, false));

    private static final Map<String, StateSpace> SPACES =
            Map.of("global", StateSpace.GLOBAL, "shared", StateSpace.SHARED, "shared::cta", StateSpace.SHARED);

    private static final List<DataType> TYPES =
            List.of(DataType.B32, DataType.U32, DataType.S32, DataType.B64, DataType.U64, DataType.S64);

    private Atomics() {}

    /** A new value from the old one and the operands. */
    @FunctionalInterface
    private interface Operation {
        long apply(long old, long b, long c);
    }

    private static final Map<String, Operation> OPERATIONS = Map.of(
            "add", (old, b, c) -> old + b,
            "min", (old, b, c) -> Math.min(old, b),
            "max", (old, b, c) -> Math.max(old, b),
            "and", (old, b, c) -> old & b,
            "or", (old, b, c) -> old | b,
            "xor", (old, b, c) -> old ^ b,
            "exch", (old, b, c) -> b,
            "cas", (old, b, c) -> old == b ? c : old,
            "inc", (old, b, c) -> old >= b ? 0 : old + 1,
            "dec", (old, b, c) -> old == 0 || old > b ? b : old - 1);

    /** Of 64 bits without sign, which comparisons of longs do not see. */
    private static final Map<String, Operation> UNSIGNED_EXTREMES = Map.of(
            "min", (old, b, c) -> Long.compareUnsigned(old, b) < 0 ? old : b,
            "max", (old, b, c) -> Long.compareUnsigned(old, b) > 0 ? old : b);

    private static Operation operation(Modifiers modifiers, DataType type) {
        return type == DataType.U64 && (modifiers.endsWith("min") || modifiers.endsWith("max"))
                ? modifiers.one(UNSIGNED_EXTREMES)
                : modifiers.one(OPERATIONS);
    }

    private static Body atomic(Source in, boolean returns) {
        Modifiers modifiers = in.modifiers();
        DataType type = modifiers.type(TYPES);
        boolean acquires = modifiers.take("acquire") | modifiers.take("acq_rel");
        modifiers.takeAll(List.of("relaxed", "release", "cta", "gpu", "sys"));
        StateSpace stateSpace = modifiers.oneOr(SPACES, StateSpace.GENERIC);
        boolean swaps = modifiers.endsWith("cas");
        Operation operation = operation(modifiers, type);
        modifiers.end();
        int first = returns ? 1 : 0;
        in.operands().expect(first + (swaps ? 3 : 2));
        LaneAddress address = in.operands().address(first, stateSpace);
        Row b = in.operands().wideSource(first + 1, type);
        Row c = swaps ? in.operands().wideSource(first + 2, type) : b;
        Optional<Row> d = returns ? Optional.of(in.operands().wideTarget(0, type)) : Optional.empty();
        return new Atomic(memory(stateSpace), operation, type, d, address, b, c, acquires);
    }

    /** An atomic operation of each lane, one after the other. */
    private record Atomic(
            AddressSpace space,
            Operation operation,
            DataType type,
            Optional<Row> d,
            LaneAddress address,
            Row b,
            Row c,
            boolean acquires)
            implements Body {
        @Override
        public void run(Warp warp, int lanes) {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long at = address.get(warp.registers(), lane);
                AddressSpace.requireAligned(lane, at, type.bytes());
                space.update(warp, lane, at, type.bytes(), value -> update(warp.registers(), lane, value));
            }
            if (acquires) {
                warp.fence();
            }
        }

        private void update(Registers registers, int lane, byte[] value) {
            long old = Conversions.extend(Bytes.get(value, 0, type.bytes()), type);
            long second = Conversions.extend(b.get(registers, lane), type);
            long third = Conversions.extend(c.get(registers, lane), type);
            Bytes.put(value, 0, type.bytes(), operation.apply(old, second, third));
            d.ifPresent(row -> row.set(registers, lane, old));
        }
    }

    private static AddressSpace memory(StateSpace space) {
        return switch (space) {
            case GLOBAL -> GlobalSpace.COHERENT;
            case SHARED -> BlockSpace.SHARED;
            default -> GenericSpace.COHERENT;
        };
    }
}
