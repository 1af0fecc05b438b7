package dev.octet.simulator.decode;

import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.AddressSpace;
import dev.octet.simulator.execute.AsyncCopies;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Fault;
import dev.octet.simulator.execute.GlobalSpace;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.Warp;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.StateSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Asynchronous copies from global to shared memory. */
final class Copies {
    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.of("cp", Copies::cp);

    private Copies() {}

    private static Body cp(Source in) {
        Modifiers modifiers = in.modifiers();
        modifiers.require("async");
        in.requires(80);
        if (modifiers.take("commit_group")) {
            modifiers.end();
            in.operands().expect(0);
            return (warp, lanes) -> warp.copies().commit(lanes);
        } else if (modifiers.take("wait_all")) {
            modifiers.end();
            in.operands().expect(0);
            return (warp, lanes) -> warp.copies().awaitAll(lanes);
        } else if (modifiers.take("wait_group")) {
            modifiers.end();
            in.operands().expect(1);
            int lastFew = in.operands().constant(0);
            return (warp, lanes) -> warp.copies().await(lanes, lastFew);
        }
        return copy(in);
    }

    private static Body copy(Source in) {
        Modifiers modifiers = in.modifiers();
        boolean whole = modifiers.one(Map.of("ca", false, "cg", true));
        modifiers.one(Map.of("shared", true, "shared::cta", true));
        modifiers.require("global");
        modifiers.takeOneOf(List.of("L2::64B", "L2::128B", "L2::256B"));
        modifiers.end();
        int count = in.operands().count();
        if (count != 3 && count != 4) {
            throw in.operands().error("it has " + count + " operands");
        }
        LaneAddress target = in.operands().address(0, StateSpace.SHARED);
        LaneAddress source = in.operands().address(1, StateSpace.GLOBAL);
        int size = in.operands().constant(2);
        if (size != 16 && (whole || size != 4 && size != 8)) {
            throw in.operands().error("it copies " + size + " bytes");
        }
        Row from = in.operands().wideSource(count - 1, DataType.U32);
        return (warp, lanes) -> {
            AsyncCopies.Copy copy = new AsyncCopies.Copy(warp, size);
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                begin(warp, lane, copy, target, source, from, size);
            }
            warp.copies().add(copy);
        };
    }

    /** What is not read is filled with zeros; if nothing is read the source may lie anywhere. */
    private static void begin(
            Warp warp, int lane, AsyncCopies.Copy copy, LaneAddress target, LaneAddress source, Row from, int size) {
        Registers registers = warp.registers();
        long to = target.get(registers, lane);
        long at = source.get(registers, lane);
        AddressSpace.requireAligned(lane, to, size);
        AddressSpace.requireAligned(lane, at, size);
        long read = from.get(registers, lane);
        if (read > size) {
            throw new Fault(lane, SimulatorCode.UNDEFINED, "it reads " + read + " bytes to copy " + size);
        }
        byte[] buffer = warp.buffer();
        if (read > 0) {
            GlobalSpace.PLAIN.read(warp, lane, at, (int) read, buffer);
        }
        Arrays.fill(buffer, (int) read, size, (byte) 0);
        warp.copies().begin(copy, lane, to, at, (int) read, buffer);
    }
}
