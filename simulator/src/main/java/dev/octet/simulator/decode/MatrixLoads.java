package dev.octet.simulator.decode;

import dev.octet.simulator.execute.AddressSpace;
import dev.octet.simulator.execute.BlockSpace;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.Warp;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.StateSpace;
import java.util.List;
import java.util.Map;

/** Loads of matrices of 8 by 8 halves by a whole warp. */
final class MatrixLoads {
    private static final int ROW_BYTES = 16;

    private MatrixLoads() {}

    static Body ldmatrix(Source in) {
        in.requires(75);
        Modifiers modifiers = in.modifiers();
        modifiers.require("sync");
        modifiers.require("aligned");
        modifiers.require("m8n8");
        int count = modifiers.one(Map.of("x1", 1, "x2", 2, "x4", 4));
        boolean transposed = modifiers.take("trans");
        modifiers.one(Map.of("shared", true, "shared::cta", true));
        modifiers.type(List.of(DataType.B16));
        modifiers.end();
        in.operands().expect(2);
        int[] targets = TensorCores.rows(in, in.operands().targets(0, DataType.B32, false), count);
        LaneAddress address = in.operands().address(1, StateSpace.SHARED);
        boolean needsAll = in.capability() < 80;
        return (warp, lanes) -> {
            warp.requireLanes(lanes, Warp.ALL);
            if (needsAll) {
                requireAddresses(warp, address, count * 8);
            }
            byte[] rows = rows(warp, address, count);
            for (int matrix = 0; matrix < count; matrix++) {
                for (int lane = 0; lane < Registers.LANES; lane++) {
                    warp.registers().words()[targets[matrix] + lane] =
                            element(rows, matrix * 8 * ROW_BYTES, lane, transposed);
                }
            }
        };
    }

    /** Before compute capability 8.0 the addresses of lanes that give none have to be valid too. */
    private static void requireAddresses(Warp warp, LaneAddress address, int from) {
        for (int lane = from; lane < Registers.LANES; lane++) {
            long at = address.get(warp.registers(), lane);
            AddressSpace.requireAligned(lane, at, ROW_BYTES);
            warp.requireShared(lane, at, ROW_BYTES);
        }
    }

    /** Lane i gives the address of row i % 8 of matrix i / 8. */
    private static byte[] rows(Warp warp, LaneAddress address, int count) {
        byte[] rows = new byte[count * 8 * ROW_BYTES];
        for (int lane = 0; lane < count * 8; lane++) {
            long at = address.get(warp.registers(), lane);
            AddressSpace.requireAligned(lane, at, ROW_BYTES);
            BlockSpace.SHARED.read(warp, lane, at, ROW_BYTES, warp.buffer());
            System.arraycopy(warp.buffer(), 0, rows, lane * ROW_BYTES, ROW_BYTES);
        }
        return rows;
    }

    /** Two neighbours of row lane / 4, or, transposed, of column lane / 4. */
    private static int element(byte[] rows, int matrix, int lane, boolean transposed) {
        if (!transposed) {
            return Bytes.getInt(rows, matrix + lane * 4);
        }
        int at = matrix + lane % 4 * 2 * ROW_BYTES + lane / 4 * 2;
        return (int) (Bytes.get(rows, at, 2) | Bytes.get(rows, at + ROW_BYTES, 2) << 16);
    }
}
