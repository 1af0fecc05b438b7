package dev.octet.simulator.execute;

import java.util.Arrays;
import java.util.Optional;

/**
 * Registers that the device fills in. Blocks have one dimension and grids two. Clocks, and what numbers warps as the
 * hardware likes ({@code %warpid}, {@code %nwarpid}), are left out on purpose: no program may depend on them.
 */
public enum SpecialRegister {
    TID_X("%tid.x"),
    TID_Y("%tid.y"),
    TID_Z("%tid.z"),
    NTID_X("%ntid.x"),
    NTID_Y("%ntid.y"),
    NTID_Z("%ntid.z"),
    CTAID_X("%ctaid.x"),
    CTAID_Y("%ctaid.y"),
    CTAID_Z("%ctaid.z"),
    NCTAID_X("%nctaid.x"),
    NCTAID_Y("%nctaid.y"),
    NCTAID_Z("%nctaid.z"),
    LANEID("%laneid"),
    LANEMASK_EQ("%lanemask_eq"),
    LANEMASK_LE("%lanemask_le"),
    LANEMASK_LT("%lanemask_lt"),
    LANEMASK_GE("%lanemask_ge"),
    LANEMASK_GT("%lanemask_gt"),
    DYNAMIC_SMEM_SIZE("%dynamic_smem_size"),
    TOTAL_SMEM_SIZE("%total_smem_size");

    private final String text;

    SpecialRegister(String text) {
        this.text = text;
    }

    /** The special register of a name with its percent sign. */
    public static Optional<SpecialRegister> of(String name) {
        return Arrays.stream(values())
                .filter(register -> register.text.equals(name))
                .findFirst();
    }

    /** Its values in the 32 lanes of a warp. */
    int[] values(Block block, int warp) {
        int[] values = new int[Registers.LANES];
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = value(block, warp, lane);
        }
        return values;
    }

    private int value(Block block, int warp, int lane) {
        Launch launch = block.launch();
        return switch (this) {
            case TID_X -> warp * Registers.LANES + lane;
            case TID_Y, TID_Z, CTAID_Z -> 0;
            case NTID_X -> launch.threads();
            case NTID_Y, NTID_Z, NCTAID_Z -> 1;
            case CTAID_X -> block.x();
            case CTAID_Y -> block.y();
            case NCTAID_X -> launch.gridX();
            case NCTAID_Y -> launch.gridY();
            case LANEID -> lane;
            case LANEMASK_EQ -> 1 << lane;
            case LANEMASK_LE -> (2 << lane) - 1;
            case LANEMASK_LT -> (1 << lane) - 1;
            case LANEMASK_GE -> -1 << lane;
            case LANEMASK_GT -> -2 << lane;
            case DYNAMIC_SMEM_SIZE -> launch.dynamicShared();
            case TOTAL_SMEM_SIZE -> launch.allocatedSharedBytes();
        };
    }
}
