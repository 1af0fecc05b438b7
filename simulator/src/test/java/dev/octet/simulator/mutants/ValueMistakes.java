package dev.octet.simulator.mutants;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Mistakes of arithmetic. */
final class ValueMistakes {
    private static final String SIGNED = ".s32.s8.s8";
    private static final String UNSIGNED = ".s32.s8.u8";
    private static final Map<String, String> OTHER_SIGN = Map.of(
            "cvt.s32.s8", "cvt.u32.u8",
            "dp4a.u32.s32", "dp4a.s32.s32",
            "dp4a.s32.s32", "dp4a.u32.s32",
            "ld.global.nc.s8", "ld.global.nc.u8",
            "setp.lt.u32", "setp.lt.s32",
            "mma.sync.aligned.m8n8k16.row.col.s32.u8.s8.s32", "mma.sync.aligned.m8n8k16.row.col.s32.s8.s8.s32",
            "mma.sync.aligned.m8n8k16.row.col.s32.s8.s8.s32", "mma.sync.aligned.m8n8k16.row.col.s32.u8.s8.s32",
            "mma.sync.aligned.m16n8k32.row.col.s32.u8.s8.s32", "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32",
            "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32", "mma.sync.aligned.m16n8k32.row.col.s32.u8.s8.s32");

    private ValueMistakes() {}

    static Stream<PtxLine> operands(PtxLine line) {
        if (line.is("wgmma.mma_async")) {
            return Stream.of(line.swap(1, 2));
        }
        if (line.is("mma.")) {
            List<String> a = line.elements(1);
            List<String> b = line.elements(2);
            List<String> rest = a.subList(b.size(), a.size());
            List<String> exchanged = Stream.concat(b.stream(), rest.stream()).toList();
            return Stream.of(line.with(1, vector(exchanged)).with(2, vector(a.subList(0, b.size()))));
        }
        boolean ordered = line.is("sub.") || line.is("selp.") || line.is("dp4a.u32.s32");
        boolean multiplies = line.is("fma.") || line.is("mad.");
        return Stream.concat(
                ordered ? Stream.of(line.swap(1, 2)) : Stream.empty(),
                multiplies ? Stream.of(line.swap(2, 3), line.swap(1, 3)) : Stream.empty());
    }

    private static String vector(List<String> elements) {
        return elements.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    static Stream<PtxLine> fragment(PtxLine line) {
        if (line.is("ldmatrix.") || line.is("wgmma.mma_async")) {
            return exchanges(line, 0);
        }
        return line.is("mma.")
                ? IntStream.range(0, 3).boxed().flatMap(operand -> exchanges(line, operand))
                : Stream.empty();
    }

    /** Two neighbours of a vector change places. */
    private static Stream<PtxLine> exchanges(PtxLine line, int operand) {
        List<String> elements = line.elements(operand);
        return IntStream.range(1, elements.size()).mapToObj(i -> {
            List<String> exchanged = new ArrayList<>(elements);
            Collections.swap(exchanged, i - 1, i);
            return line.with(operand, vector(exchanged));
        });
    }

    static Stream<PtxLine> swizzle(PtxLine line) {
        if (line.is("xor.b32")) {
            return Stream.of(line.moving("b32", 1), line.moving("b32", 2), line.withMnemonic("or.b32"));
        }
        return line.is("prmt.b32") && line.isNumber(3)
                ? IntStream.range(0, 16).mapToObj(bit -> line.with(3, flipped(line.number(3), bit)))
                : Stream.empty();
    }

    private static String flipped(long number, int bit) {
        return Long.toString(number ^ 1L << bit);
    }

    static Stream<PtxLine> mask(PtxLine line) {
        if (!line.is("and.b32") || !line.isNumber(2)) {
            return Stream.empty();
        }
        int mask = (int) line.number(2);
        IntStream masks = IntStream.of(
                mask & ~Integer.lowestOneBit(mask),
                mask & ~Integer.highestOneBit(mask),
                mask | Integer.highestOneBit(mask) << 1);
        return masks.mapToObj(other -> line.with(2, Integer.toString(other)));
    }

    static Stream<PtxLine> initialisation(PtxLine line) {
        boolean copies =
                line.is("mov.") && (line.isNumber(1) || line.operand(1).matches("%(r|f|rd)\\d+|0[fF]\\p{XDigit}+"));
        return copies ? Stream.of(ControlMistakes.ABSENT) : Stream.empty();
    }

    static Stream<PtxLine> sign(PtxLine line) {
        if (line.is("wgmma.mma_async")) {
            boolean signed = line.mnemonic().endsWith(SIGNED);
            return Stream.of(line.withMnemonic(
                    signed
                            ? line.mnemonic().replace(SIGNED, UNSIGNED)
                            : line.mnemonic().replace(UNSIGNED, SIGNED)));
        }
        return Stream.ofNullable(OTHER_SIGN.get(line.mnemonic())).map(line::withMnemonic);
    }

    static Stream<PtxLine> rounding(PtxLine line) {
        if (line.is("cvt.rni.s32.f32")) {
            return Stream.of("rzi", "rmi", "rpi").map(mode -> line.withMnemonic("cvt." + mode + ".s32.f32"));
        }
        boolean limits = line.is("max.f32") || line.is("min.f32") || line.is("selp.f32");
        return limits ? Stream.of(line.moving("f32", 1)) : Stream.empty();
    }

    static Stream<PtxLine> shift(PtxLine line) {
        return (line.is("shl.") || line.is("shr.")) && line.isNumber(2)
                ? Stream.of(-1, 1).map(by -> line.with(2, Long.toString(line.number(2) + by)))
                : Stream.empty();
    }

    static Stream<PtxLine> factor(PtxLine line) {
        boolean multiplies = line.is("mul.wide.") || line.is("mul.hi.") || line.is("mul.lo.") || line.is("mad.lo.");
        if (!multiplies || !line.isNumber(2)) {
            return Stream.empty();
        }
        boolean unsigned = line.mnemonic().endsWith(".u32");
        long factor = unsigned ? Integer.toUnsignedLong((int) line.number(2)) : line.number(2);
        long step = Math.max(1, Math.abs(factor) / 16);
        return Stream.of(-step, step).map(by -> line.with(2, Integer.toString((int) (factor + by))));
    }
}
