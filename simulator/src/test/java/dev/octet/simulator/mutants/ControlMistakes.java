package dev.octet.simulator.mutants;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Mistakes of order: synchronisation, comparisons and branches. */
final class ControlMistakes {
    /** What stands for an instruction that is missing. */
    static final PtxLine ABSENT = new PtxLine("", "", List.of());

    private static final Map<String, String> NEIGHBOURS = Map.of("ge", "gt", "gt", "ge", "lt", "le", "le", "lt");

    private ControlMistakes() {}

    static Stream<PtxLine> barrier(PtxLine line) {
        return line.is("bar.sync") ? Stream.of(ABSENT) : Stream.empty();
    }

    static Stream<PtxLine> await(PtxLine line) {
        return line.is("cp.async.wait_group")
                ? Stream.of(ABSENT, line.with(0, Long.toString(line.number(0) + 1)))
                : Stream.empty();
    }

    /** A product of a warpgroup is not waited for, not long enough, or in no group. */
    static Stream<PtxLine> product(PtxLine line) {
        if (line.is("wgmma.wait_group")) {
            return Stream.of(ABSENT, line.with(0, Long.toString(line.number(0) + 1)));
        }
        return line.is("wgmma.commit_group") ? Stream.of(ABSENT) : Stream.empty();
    }

    static Stream<PtxLine> fence(PtxLine line) {
        return line.is("fence.proxy") || line.is("wgmma.fence") ? Stream.of(ABSENT) : Stream.empty();
    }

    static Stream<PtxLine> earlierKernels(PtxLine line) {
        return line.is("griddepcontrol.wait") ? Stream.of(ABSENT) : Stream.empty();
    }

    static Stream<PtxLine> commit(PtxLine line) {
        return line.is("cp.async.commit_group") ? Stream.of(ABSENT) : Stream.empty();
    }

    static Stream<PtxLine> bound(PtxLine line) {
        if (line.is("and.pred") || line.is("or.pred")) {
            return Stream.of(line.moving("pred", 1), line.moving("pred", 2));
        }
        if (line.is("min.u32") || line.is("min.s32")) {
            return Stream.of(line.moving("u32", 1));
        }
        if (!line.is("setp.")) {
            return Stream.empty();
        }
        if (line.isNumber(2)) {
            return Stream.of(-1, 1).map(by -> line.with(2, Long.toString(line.number(2) + by)));
        }
        String comparison = line.mnemonic().substring(5, 7);
        return Stream.ofNullable(NEIGHBOURS.get(comparison))
                .map(other -> line.withMnemonic(line.mnemonic().replace(comparison, other)));
    }

    static Stream<PtxLine> predicate(PtxLine line) {
        if (line.guard().isEmpty()) {
            return Stream.empty();
        }
        String negated = line.guard().startsWith("@!")
                ? line.guard().replace("!", "")
                : line.guard().replace("@", "@!");
        return Stream.of(line.withGuard(""), line.withGuard(negated), ABSENT);
    }
}
