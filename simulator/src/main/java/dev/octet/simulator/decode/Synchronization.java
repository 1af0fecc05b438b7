package dev.octet.simulator.decode;

import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Fault;
import dev.octet.simulator.execute.Warp;
import dev.octet.simulator.ptx.DataType;
import java.util.List;
import java.util.Map;

/** Barriers of blocks and warps, and fences. */
final class Synchronization {
    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.of(
            "bar",
            in -> barrier(in, List.of("cta")),
            "barrier",
            in -> barrier(in, List.of("cta", "aligned")),
            "membar",
            Synchronization::membar,
            "fence",
            Synchronization::fence,
            "griddepcontrol",
            Synchronization::dependents);

    private Synchronization() {}

    /** A barrier of blocks; it is taken to be aligned, whole warps at a time, whether it says so or not. */
    private static Body barrier(Source in, List<String> optional) {
        Modifiers modifiers = in.modifiers();
        if (optional.size() == 1 && modifiers.take("warp")) {
            return warp(in);
        }
        optional.forEach(modifiers::take);
        boolean waits = modifiers.one(Map.of("sync", true, "arrive", false));
        modifiers.end();
        int count = in.operands().count();
        if (count < 1 || count > 2 || count == 1 && !waits) {
            throw in.operands().error("it has " + count + " operands");
        }
        Row number = in.operands().wideSource(0, DataType.U32);
        Row threads = count == 2 ? in.operands().wideSource(1, DataType.U32) : null;
        return (warp, lanes) -> {
            int all = threads == null ? 0 : uniform(warp, lanes, threads);
            warp.barriers().arrive(warp, lanes, uniform(warp, lanes, number), all, waits);
        };
    }

    /** The value that a register has in all lanes. */
    static int uniform(Warp warp, int lanes, Row row) {
        int first = (int) row.get(warp.registers(), Integer.numberOfTrailingZeros(lanes));
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            int value = (int) row.get(warp.registers(), lane);
            if (value != first) {
                throw new Fault(
                        lane, SimulatorCode.UNDEFINED, "an operand is " + value + " here and " + first + " elsewhere");
            }
        }
        return first;
    }

    private static Body warp(Source in) {
        in.modifiers().require("sync");
        in.modifiers().end();
        in.operands().expect(1);
        Row members = in.operands().wideSource(0, DataType.B32);
        return byMembers(members, (warp, lanes) -> warp.synchronizeLanes());
    }

    /**
     * An operation of the lanes that a mask names. Lanes with other masks may execute it at the same time, each group for
     * itself, as long as every lane that a mask names is there, with that mask, or has ended.
     */
    static Body byMembers(Row members, Body body) {
        return (warp, lanes) -> {
            int rest = lanes;
            while (rest != 0) {
                int mask = (int) members.get(warp.registers(), Integer.numberOfTrailingZeros(rest));
                int group = lanesWith(warp, rest, members, mask);
                warp.requireLanes(group, mask & (warp.live() | group));
                body.run(warp, group);
                rest &= ~group;
            }
        };
    }

    private static int lanesWith(Warp warp, int lanes, Row row, int value) {
        int equal = 0;
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            equal |= (int) row.get(warp.registers(), lane) == value ? 1 << lane : 0;
        }
        return equal;
    }

    private static Body membar(Source in) {
        boolean wide = in.modifiers().one(Map.of("cta", false, "gl", true, "sys", true));
        return fence(in, wide);
    }

    /** What follows the permission for later kernels to begin is theirs to wait for, so that it needs no account. */
    private static Body dependents(Source in) {
        boolean waits = in.modifiers().one(Map.of("wait", true, "launch_dependents", false));
        in.modifiers().end();
        in.requires(90);
        in.operands().expect(0);
        return (warp, lanes) -> {
            if (waits) {
                warp.awaitEarlierKernels(lanes);
            }
        };
    }

    /** Orders what threads wrote with what units do that read memory by themselves. */
    private static Body proxyFence(Source in) {
        in.modifiers().require("async");
        boolean shared = in.modifiers().oneOr(Map.of("shared::cta", true, "global", false), true);
        in.modifiers().end();
        in.requires(90);
        in.operands().expect(0);
        return (warp, lanes) -> {
            if (shared) {
                warp.proxyFence(lanes);
            }
        };
    }

    private static Body fence(Source in) {
        if (in.modifiers().take("proxy")) {
            return proxyFence(in);
        }
        in.requires(70);
        in.modifiers().takeOneOf(List.of("sc", "acq_rel"));
        return fence(in, in.modifiers().one(Map.of("cta", false, "gpu", true, "sys", true)));
    }

    /** Within a block a fence alone orders nothing: that takes a barrier too. */
    private static Body fence(Source in, boolean wide) {
        in.modifiers().end();
        in.operands().expect(0);
        return (warp, lanes) -> {
            if (wide) {
                warp.fence();
            }
        };
    }
}
