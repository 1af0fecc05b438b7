package dev.octet.simulator.decode;

import dev.octet.simulator.ptx.StateSpace;
import java.util.List;
import java.util.Optional;

/**
 * What the modifiers of a load or store say beside type and memory. Those that advise caches change nothing; what ptxas
 * refuses of them is refused here too.
 *
 * @param constant whether nobody writes what is read
 * @param coherent whether other blocks see the access in some order
 * @param acquires whether the block sees afterwards what others have written
 */
record AccessKind(boolean constant, boolean coherent, boolean acquires) {
    private static final List<String> EVICTIONS =
            List.of("L1::evict_normal", "L1::evict_unchanged", "L1::evict_first", "L1::evict_last", "L1::no_allocate");

    private static final List<String> PREFETCHES = List.of("L2::64B", "L2::128B", "L2::256B");

    /** The kind of an {@code ld}. */
    static AccessKind ofLoad(Source in, StateSpace space) {
        boolean constant = in.modifiers().take("nc");
        if (constant && space != StateSpace.GLOBAL) {
            throw in.modifiers().unknown();
        }
        if (isBeyondTheBlock(space) && in.modifiers().takeOneOf(PREFETCHES).isPresent()) {
            in.requires(75);
        }
        List<String> caches = constant ? List.of("ca", "cg", "cs") : List.of("ca", "cg", "cs", "lu", "cv");
        return of(in, space, constant, "acquire", caches);
    }

    /** The kind of an {@code ldu}, which reads constant data in global memory and has no other modifiers. */
    static AccessKind ofUniformLoad(Source in, StateSpace space) {
        if (!isBeyondTheBlock(space)) {
            throw in.modifiers().unknown();
        }
        return new AccessKind(true, false, false);
    }

    /** The kind of an {@code st}. */
    static AccessKind ofStore(Source in, StateSpace space) {
        if (space == StateSpace.CONST || space == StateSpace.PARAM) {
            throw in.modifiers().unknown();
        }
        return of(in, space, false, "release", List.of("wb", "cg", "cs", "wt"));
    }

    private static AccessKind of(Source in, StateSpace space, boolean constant, String strongest, List<String> caches) {
        Modifiers modifiers = in.modifiers();
        Optional<String> order = modifiers.takeOneOf(List.of("weak", "volatile", "relaxed", strongest));
        boolean isWeak = order.isEmpty() || order.get().equals("weak");
        if (!isWeak && (constant || !isBeyondTheBlock(space) && space != StateSpace.SHARED)) {
            throw modifiers.unknown();
        }
        boolean scoped = !isWeak && !order.get().equals("volatile");
        if (scoped) {
            scope(in);
        }
        if (order.isPresent() && !order.get().equals("volatile")) {
            in.requires(70);
        }
        boolean mayEvict = isBeyondTheBlock(space) && (isWeak || scoped);
        if (mayEvict && modifiers.takeOneOf(EVICTIONS).isPresent()) {
            in.requires(70);
        } else if (isWeak) {
            modifiers.takeOneOf(caches);
        }
        return new AccessKind(constant, !isWeak, order.filter("acquire"::equals).isPresent());
    }

    /** Takes the scope that accesses in some order have. */
    private static void scope(Source in) {
        String scope = in.modifiers()
                .takeOneOf(List.of("cta", "cluster", "gpu", "sys"))
                .orElseThrow(in.modifiers()::unknown);
        if (scope.equals("cluster")) {
            in.requires(90);
        }
    }

    private static boolean isBeyondTheBlock(StateSpace space) {
        return space == StateSpace.GLOBAL || space == StateSpace.GENERIC;
    }
}
