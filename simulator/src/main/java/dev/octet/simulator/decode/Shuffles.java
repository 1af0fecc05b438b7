package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.Warp;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.Operand;
import java.util.List;
import java.util.Map;

/** Registers of other lanes. */
final class Shuffles {
    private Shuffles() {}

    /** Which lane another lane asks. */
    private enum Mode {
        UP {
            @Override
            int other(int lane, int b, int segment, int last) {
                return lane - b;
            }

            @Override
            boolean isInside(int other, int last) {
                return other >= last;
            }
        },
        DOWN {
            @Override
            int other(int lane, int b, int segment, int last) {
                return lane + b;
            }
        },
        BFLY {
            @Override
            int other(int lane, int b, int segment, int last) {
                return lane ^ b;
            }
        },
        IDX {
            @Override
            int other(int lane, int b, int segment, int last) {
                return lane & segment | b & ~segment;
            }
        };

        abstract int other(int lane, int b, int segment, int last);

        /** Lanes outside keep their own value; upwards, the limit is the lowest lane. */
        boolean isInside(int other, int last) {
            return other <= last;
        }
    }

    private static final Map<String, Mode> MODES =
            Map.of("up", Mode.UP, "down", Mode.DOWN, "bfly", Mode.BFLY, "idx", Mode.IDX);

    static Body shfl(Source in) {
        in.modifiers().require("sync");
        Mode mode = in.modifiers().one(MODES);
        DataType type = in.modifiers().type(List.of(DataType.B32));
        in.modifiers().end();
        in.operands().expect(5);
        Operand target = in.operands().get(0);
        int p = target instanceof Operand.Pair pair ? in.operands().predicateWritten(pair.second()) : -1;
        Row d = target instanceof Operand.Pair pair
                ? in.operands().target(pair.first(), type, false)
                : in.operands().wideTarget(0, type);
        Row a = in.operands().wideSource(1, type);
        Row b = in.operands().wideSource(2, type);
        Row c = in.operands().wideSource(3, type);
        Row members = in.operands().wideSource(4, type);
        return Synchronization.byMembers(members, new Shuffle(mode, d, p, a, b, c));
    }

    /**
     * A shuffle.
     *
     * @param p number of the predicate that says whether the other lane is inside; negative for none
     */
    private record Shuffle(Mode mode, Row d, int p, Row a, Row b, Row c) implements Body {
        @Override
        public void run(Warp warp, int lanes) {
            Registers registers = warp.registers();
            int[] values = new int[Registers.LANES];
            int inside = 0;
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                int other = other(mode, lane, (int) b.get(registers, lane), (int) c.get(registers, lane));
                inside |= other >= 0 ? 1 << lane : 0;
                values[lane] = value(registers, lanes, lane, other >= 0 ? other : lane);
            }
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                d.set(registers, lane, values[lane]);
            }
            if (p >= 0) {
                registers.setPredicate(p, inside, lanes);
            }
        }

        private int value(Registers registers, int lanes, int lane, int from) {
            if ((lanes >> from & 1) == 0) {
                throw Collectives.notThere(lane, from);
            }
            return (int) a.get(registers, from);
        }
    }

    /** The lane that is asked; negative if it lies outside of the segment. */
    private static int other(Mode mode, int lane, int amount, int limits) {
        int segment = limits >> 8 & 31;
        int last = lane & segment | limits & 31 & ~segment;
        int other = mode.other(lane, amount & 31, segment, last);
        return mode.isInside(other, last) ? other & 31 : -1;
    }
}
