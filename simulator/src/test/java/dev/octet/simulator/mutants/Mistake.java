package dev.octet.simulator.mutants;

import java.util.function.Function;
import java.util.stream.Stream;

/** Mistakes of one instruction that people and generators of code make. */
enum Mistake {
    /** A barrier is missing. */
    BARRIER(ControlMistakes::barrier),
    /** An asynchronous copy is not waited for, or not long enough. */
    WAIT(ControlMistakes::await),
    /** A group of asynchronous copies is not closed. */
    COMMIT(ControlMistakes::commit),
    /** A product of a warpgroup is not waited for, not long enough, or in no group. */
    PRODUCT(ControlMistakes::product),
    /** What orders products behind the writes of their operands or sums is missing. */
    FENCE(ControlMistakes::fence),
    /** Earlier kernels are not waited for. */
    EARLIER_KERNELS(ControlMistakes::earlierKernels),
    /** A bound is wrong by one, or one of two is missing. */
    BOUND(ControlMistakes::bound),
    /** A guard is missing or negated, or what it guards is missing. */
    PREDICATE(ControlMistakes::predicate),
    /** Operands stand in the wrong order. */
    OPERANDS(ValueMistakes::operands),
    /** Registers of a fragment stand in the wrong order. */
    FRAGMENT(ValueMistakes::fragment),
    /** Bytes are permuted wrongly. */
    SWIZZLE(ValueMistakes::swizzle),
    /** A mask has a wrong bit. */
    MASK(ValueMistakes::mask),
    /** A variable is not initialised. */
    INITIALISATION(ValueMistakes::initialisation),
    /** Signed bytes are taken for unsigned ones or the other way round. */
    SIGN(ValueMistakes::sign),
    /** Rounding, saturation or the zero of a padding lane is wrong. */
    ROUNDING(ValueMistakes::rounding),
    /** A shift is wrong by one. */
    SHIFT(ValueMistakes::shift),
    /** A factor is wrong: that of a division by a constant, or a pitch. */
    FACTOR(ValueMistakes::factor),
    /** An address or a constant displacement is wrong. */
    OFFSET(MemoryMistakes::offset),
    /** An access is narrower or wider. */
    WIDTH(MemoryMistakes::width),
    /** An asynchronous copy does not fill with zeros. */
    ZERO_FILL(MemoryMistakes::zeroFill);

    private final Function<PtxLine, Stream<PtxLine>> variants;

    Mistake(Function<PtxLine, Stream<PtxLine>> variants) {
        this.variants = variants;
    }

    /** All that can be made of an instruction; the empty one is its absence. */
    Stream<PtxLine> variants(PtxLine line) {
        return variants.apply(line);
    }
}
