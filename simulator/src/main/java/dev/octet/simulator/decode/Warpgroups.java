package dev.octet.simulator.decode;

import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Fault;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.Warp;
import dev.octet.simulator.execute.WarpgroupProduct;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.Operand;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asynchronous products of matrices of bytes by warpgroups, with both operands in shared memory. */
final class Warpgroups {
    static final Map<String, BodyDecoder> INSTRUCTIONS = Map.of("wgmma", Warpgroups::wgmma);

    private static final String TARGET = "sm_90a";

    /** Columns by shape: in steps of 8 up to 32, then of 16. */
    private static final Map<String, Integer> SHAPES = IntStream.rangeClosed(1, 32)
            .map(i -> 8 * i)
            .filter(n -> n <= 32 || n % 16 == 0)
            .boxed()
            .collect(Collectors.toMap(n -> "m64n" + n + "k32", n -> n));

    private Warpgroups() {}

    private static Body wgmma(Source in) {
        Modifiers modifiers = in.modifiers();
        String what = modifiers
                .takeOneOf(List.of("mma_async", "fence", "commit_group", "wait_group"))
                .orElseThrow(modifiers::unknown);
        modifiers.require("sync");
        modifiers.take("aligned");
        return switch (what) {
            case "mma_async" -> product(in);
            case "wait_group" -> {
                begin(in, 1);
                int lastFew = in.operands().constant(0);
                yield whole((warp, lanes) -> warp.products().await(lastFew));
            }
            case "fence" -> {
                begin(in, 0);
                yield whole((warp, lanes) -> warp.products().fence());
            }
            default -> {
                begin(in, 0);
                yield whole((warp, lanes) -> warp.products().commit());
            }
        };
    }

    private static void begin(Source in, int operands) {
        in.modifiers().end();
        in.requires(TARGET);
        in.operands().expect(operands);
    }

    private static Body whole(Body body) {
        return (warp, lanes) -> {
            warp.requireLanes(lanes, Warp.ALL);
            body.run(warp, lanes);
        };
    }

    private static Body product(Source in) {
        Modifiers modifiers = in.modifiers();
        int columns = modifiers.one(SHAPES);
        boolean saturates = modifiers.take("satfinite");
        DataType b = modifiers.type(List.of(DataType.S8, DataType.U8));
        DataType a = modifiers.type(List.of(DataType.S8, DataType.U8));
        modifiers.type(List.of(DataType.S32));
        begin(in, 4);
        if (in.operands().get(1) instanceof Operand.Vector) {
            throw in.operands().error("the simulator does not know products whose first operand is in registers");
        }
        WarpgroupProduct.Form form = new WarpgroupProduct.Form(columns, a.isSigned(), b.isSigned(), saturates);
        int[] registers = registers(in, form);
        int left = in.operands().source(1, DataType.B64);
        int right = in.operands().source(2, DataType.B64);
        Truth adds = in.operands().truth(3);
        return whole((warp, lanes) -> warp.products()
                .begin(
                        form,
                        registers,
                        uniform(warp, left, "descriptor of A"),
                        uniform(warp, right, "descriptor of B"),
                        uniform(adds.get(warp.registers()))));
    }

    /** Registers of the result, which are neither read nor written when the product begins. */
    private static int[] registers(Source in, WarpgroupProduct.Form form) {
        int[] registers = in.operands().later(0, DataType.S32).stream()
                .mapToInt(row -> row.start() / Registers.LANES)
                .toArray();
        if (registers.length != form.registers()
                || Arrays.stream(registers).distinct().count() != registers.length) {
            throw in.operands()
                    .error(registers.length + " registers instead of " + form.registers() + " different ones");
        }
        return registers;
    }

    private static long uniform(Warp warp, int row, String what) {
        long[] values = warp.registers().longs();
        for (int lane = 1; lane < Registers.LANES; lane++) {
            if (values[row + lane] != values[row]) {
                throw new Fault(
                        lane,
                        SimulatorCode.WARPGROUP,
                        "the %s is 0x%016x here and 0x%016x in lane 0"
                                .formatted(what, values[row + lane], values[row]));
            }
        }
        return values[row];
    }

    private static boolean uniform(int truth) {
        if (truth != 0 && truth != Warp.ALL) {
            String what = "lanes 0x%08x add to what the registers hold, the others do not".formatted(truth);
            throw new Fault(Integer.numberOfTrailingZeros(truth), SimulatorCode.WARPGROUP, what);
        }
        return truth != 0;
    }
}
