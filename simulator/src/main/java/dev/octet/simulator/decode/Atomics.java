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

    private static final List<DataType> BITS = List.of(DataType.B32, DataType.B64);
    private static final List<DataType> NUMBERS = List.of(DataType.U32, DataType.S32, DataType.U64, DataType.S64);

    /** Types of each operation. Sums of 64 bits are the same with and without a sign; PTX has the one name. */
    private static final Map<String, List<DataType>> TYPES = Map.of(
            "add", List.of(DataType.U32, DataType.S32, DataType.U64),
            "min", NUMBERS,
            "max", NUMBERS,
            "and", BITS,
            "or", BITS,
            "xor", BITS,
            "exch", BITS,
            "cas", BITS,
            "inc", List.of(DataType.U32),
            "dec", List.of(DataType.U32));

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
        for (Map.Entry<String, List<DataType>> known : TYPES.entrySet()) {
            if (modifiers.endsWith(known.getKey()) && known.getValue().contains(type)) {
                return type == DataType.U64 && UNSIGNED_EXTREMES.containsKey(known.getKey())
                        ? modifiers.one(UNSIGNED_EXTREMES)
                        : modifiers.one(OPERATIONS);
            }
        }
        throw modifiers.unknown();
    }

    /** Takes order and scope; of what only adds to memory nobody learns, so that it cannot acquire. */
    private static boolean acquires(Source in, boolean returns) {
        Optional<String> order = in.modifiers()
                .takeOneOf(
                        returns ? List.of("relaxed", "acquire", "release", "acq_rel") : List.of("relaxed", "release"));
        in.modifiers().takeOneOf(List.of("cta", "gpu", "sys"));
        if (order.isPresent()) {
            in.requires(70);
        }
        return order.filter(word -> word.startsWith("acq")).isPresent();
    }

    private static Body atomic(Source in, boolean returns) {
        Modifiers modifiers = in.modifiers();
        DataType type = modifiers.type();
        boolean acquires = acquires(in, returns);
        StateSpace stateSpace = modifiers.oneOr(SPACES, StateSpace.GENERIC);
        boolean swaps = modifiers.endsWith("cas");
        if (!returns && (swaps || modifiers.endsWith("exch"))) {
            throw modifiers.unknown();
        }
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
