package dev.octet.simulator.decode;

import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.AddressSpace;
import dev.octet.simulator.execute.BlockSpace;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Fault;
import dev.octet.simulator.execute.GenericSpace;
import dev.octet.simulator.execute.GlobalSpace;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.StateSpace;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Loads and stores of one to four registers. */
final class LoadsAndStores {
    static final Map<String, BodyDecoder> INSTRUCTIONS =
            Map.of("ld", LoadsAndStores::load, "ldu", LoadsAndStores::uniformLoad, "st", LoadsAndStores::store);

    private static final Map<String, StateSpace> SPACES = Map.of(
            "global", StateSpace.GLOBAL,
            "shared", StateSpace.SHARED,
            "shared::cta", StateSpace.SHARED,
            "local", StateSpace.LOCAL,
            "const", StateSpace.CONST,
            "param", StateSpace.PARAM);

    private static final Map<String, Integer> VECTORS = Map.of("v2", 2, "v4", 4);

    private LoadsAndStores() {}

    /**
     * What is accessed.
     *
     * @param space memory
     * @param stateSpace the memory's name in PTX
     * @param count registers
     * @param type type of each
     * @param acquires whether the block sees afterwards what others have written
     */
    private record Access(AddressSpace space, StateSpace stateSpace, int count, DataType type, boolean acquires) {
        static Access of(Source in, BiFunction<Source, StateSpace, AccessKind> kinds) {
            Modifiers modifiers = in.modifiers();
            DataType type = modifiers.type();
            int count = modifiers.oneOr(VECTORS, 1);
            if (type == DataType.PRED || type.bytes() * count > 16) {
                throw modifiers.unknown();
            }
            StateSpace space = modifiers.oneOr(SPACES, StateSpace.GENERIC);
            AccessKind kind = kinds.apply(in, space);
            modifiers.end();
            return new Access(memory(space, kind), space, count, type, kind.acquires());
        }

        private static AddressSpace memory(StateSpace space, AccessKind kind) {
            return switch (space) {
                case GLOBAL ->
                    kind.constant() ? GlobalSpace.CONSTANT : kind.coherent() ? GlobalSpace.COHERENT : GlobalSpace.PLAIN;
                case SHARED -> BlockSpace.SHARED;
                case LOCAL -> BlockSpace.LOCAL;
                case CONST -> BlockSpace.CONST;
                case PARAM -> BlockSpace.PARAM;
                case GENERIC ->
                    kind.constant()
                            ? GenericSpace.CONSTANT
                            : kind.coherent() ? GenericSpace.COHERENT : GenericSpace.PLAIN;
            };
        }

        int bytes() {
            return count * type.bytes();
        }

        void requireCount(Source in, List<Row> rows) {
            if (rows.size() != count) {
                throw in.operands().error(rows.size() + " registers instead of " + count);
            }
        }
    }

    private static Body load(Source in) {
        return load(in, Access.of(in, AccessKind::ofLoad), false);
    }

    private static Body uniformLoad(Source in) {
        return load(in, Access.of(in, AccessKind::ofUniformLoad), true);
    }

    private static Body load(Source in, Access access, boolean uniform) {
        in.operands().expect(2);
        List<Row> targets = in.operands().targets(0, access.type(), true);
        access.requireCount(in, targets);
        LaneAddress address = in.operands().address(1, access.stateSpace());
        Row[] rows = targets.toArray(Row[]::new);
        return (warp, lanes) -> {
            Registers registers = warp.registers();
            if (uniform) {
                requireOneAddress(registers, lanes, address);
            }
            byte[] buffer = warp.buffer();
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long at = address.get(registers, lane);
                AddressSpace.requireAligned(lane, at, access.bytes());
                access.space().read(warp, lane, at, access.bytes(), buffer);
                scatter(buffer, registers, rows, lane, access.type());
            }
            if (access.acquires()) {
                warp.fence();
            }
        };
    }

    private static void requireOneAddress(Registers registers, int lanes, LaneAddress address) {
        long first = address.get(registers, Integer.numberOfTrailingZeros(lanes));
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            long at = address.get(registers, lane);
            if (at != first) {
                String what = "the address is 0x%x here and 0x%x elsewhere".formatted(at, first);
                throw new Fault(lane, SimulatorCode.UNDEFINED, what);
            }
        }
    }

    /** A value is extended to its register by its type, of whatever width both are. */
    private static void scatter(byte[] buffer, Registers registers, Row[] rows, int lane, DataType type) {
        int bytes = type.bytes();
        for (int i = 0; i < rows.length; i++) {
            long bits = Bytes.get(buffer, i * bytes, bytes);
            rows[i].set(registers, lane, Conversions.extend(bits, type));
        }
    }

    private static Body store(Source in) {
        Access access = Access.of(in, AccessKind::ofStore);
        in.operands().expect(2);
        LaneAddress address = in.operands().address(0, access.stateSpace());
        List<Row> sources = in.operands().sources(1, access.type(), true);
        access.requireCount(in, sources);
        Row[] rows = sources.toArray(Row[]::new);
        int bytes = access.type().bytes();
        return (warp, lanes) -> {
            Registers registers = warp.registers();
            byte[] buffer = warp.buffer();
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long at = address.get(registers, lane);
                AddressSpace.requireAligned(lane, at, access.bytes());
                for (int i = 0; i < rows.length; i++) {
                    Bytes.put(buffer, i * bytes, bytes, rows[i].get(registers, lane));
                }
                access.space().write(warp, lane, at, access.bytes(), buffer);
            }
        };
    }
}
