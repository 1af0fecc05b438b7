package dev.octet.simulator.decode;

import dev.octet.simulator.execute.AddressSpace;
import dev.octet.simulator.execute.BlockSpace;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.GenericSpace;
import dev.octet.simulator.execute.GlobalSpace;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.StateSpace;
import java.util.List;
import java.util.Map;

/** Loads and stores of one to four registers. */
final class LoadsAndStores {
    static final Map<String, BodyDecoder> INSTRUCTIONS =
            Map.of("ld", LoadsAndStores::load, "ldu", LoadsAndStores::load, "st", LoadsAndStores::store);

    private static final Map<String, StateSpace> SPACES = Map.of(
            "global", StateSpace.GLOBAL,
            "shared", StateSpace.SHARED,
            "shared::cta", StateSpace.SHARED,
            "local", StateSpace.LOCAL,
            "const", StateSpace.CONST,
            "param", StateSpace.PARAM);

    /** Modifiers that only advise caches. */
    private static final List<String> CACHES = List.of(
            "ca",
            "cg",
            "cs",
            "lu",
            "cv",
            "wb",
            "wt",
            "weak",
            "L1::evict_normal",
            "L1::evict_unchanged",
            "L1::evict_first",
            "L1::evict_last",
            "L1::no_allocate",
            "L2::64B",
            "L2::128B",
            "L2::256B");

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
        static Access of(Source in) {
            Modifiers modifiers = in.modifiers();
            DataType type = modifiers.type();
            int count = modifiers.oneOr(VECTORS, 1);
            if (type == DataType.PRED || type.bytes() * count > 16) {
                throw modifiers.unknown();
            }
            boolean acquires = modifiers.take("acquire");
            boolean releases = modifiers.take("release");
            boolean coherent = modifiers.take("volatile") | modifiers.take("relaxed") | acquires | releases;
            modifiers.takeAll(coherent ? List.of("cta", "gpu", "sys", "cluster") : CACHES);
            boolean constant = modifiers.take("nc");
            StateSpace space = modifiers.oneOr(SPACES, StateSpace.GENERIC);
            if (constant && (space != StateSpace.GLOBAL || coherent)) {
                throw modifiers.unknown();
            }
            modifiers.end();
            return new Access(memory(space, constant, coherent), space, count, type, acquires);
        }

        private static AddressSpace memory(StateSpace space, boolean constant, boolean coherent) {
            return switch (space) {
                case GLOBAL -> constant ? GlobalSpace.CONSTANT : coherent ? GlobalSpace.COHERENT : GlobalSpace.PLAIN;
                case SHARED -> BlockSpace.SHARED;
                case LOCAL -> BlockSpace.LOCAL;
                case CONST -> BlockSpace.CONST;
                case PARAM -> BlockSpace.PARAM;
                case GENERIC -> coherent ? GenericSpace.COHERENT : GenericSpace.PLAIN;
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
        Access access = Access.of(in);
        in.operands().expect(2);
        List<Row> targets = in.operands().targets(0, access.type(), true);
        access.requireCount(in, targets);
        LaneAddress address = in.operands().address(1, access.stateSpace());
        Row[] rows = targets.toArray(Row[]::new);
        return (warp, lanes) -> {
            Registers registers = warp.registers();
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

    private static void scatter(byte[] buffer, Registers registers, Row[] rows, int lane, DataType type) {
        int bytes = type.bytes();
        for (int i = 0; i < rows.length; i++) {
            long bits = Bytes.get(buffer, i * bytes, bytes);
            rows[i].set(registers, lane, bytes < 4 ? Conversions.extend(bits, type) : bits);
        }
    }

    private static Body store(Source in) {
        Access access = Access.of(in);
        if (access.stateSpace() == StateSpace.CONST || access.stateSpace() == StateSpace.PARAM) {
            throw in.modifiers().unknown();
        }
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
