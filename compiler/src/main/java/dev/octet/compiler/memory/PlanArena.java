package dev.octet.compiler.memory;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places the values that cross regions in one arena. Largest first, each goes into the smallest gap that is free while
 * it lives, or else behind everything that is not (greedy by size with best fit, Pisarchyk and Lee, "Efficient Memory
 * Management for Deep Neural Net Inference", 2020). Values that live at the same time never overlap; a step's results
 * never lie on its operands.
 *
 * @param buffers placement of every value, by offset and value
 * @param bytesPerImage size of the arena per image of the batch
 */
public record PlanArena(List<Buffer> buffers, long bytesPerImage) {
    public PlanArena {
        buffers = List.copyOf(buffers);
    }

    /** Plans the arena of a graph whose regions run in order. */
    public static PlanArena of(Graph graph, List<Region> regions) {
        return of(Liveness.of(graph, regions));
    }

    static PlanArena of(List<Lifetime> lifetimes) {
        List<Lifetime> bySize = new ArrayList<>(lifetimes);
        bySize.sort(Comparator.comparingLong(Lifetime::bytes).reversed().thenComparing(Lifetime::value));
        List<Placed> placed = new ArrayList<>();
        long end = 0;
        for (Lifetime lifetime : bySize) {
            Placed next = new Placed(lifetime, offset(lifetime, placed));
            placed.add(next);
            end = Math.max(end, next.end());
        }
        placed.sort(Comparator.comparingLong(Placed::offset)
                .thenComparing(p -> p.lifetime().value()));
        return new PlanArena(placed.stream().map(Placed::buffer).toList(), end);
    }

    private static long offset(Lifetime lifetime, List<Placed> placed) {
        List<Placed> alive = placed.stream()
                .filter(p -> p.lifetime().meets(lifetime))
                .sorted(Comparator.comparingLong(Placed::offset))
                .toList();
        long size = aligned(lifetime.bytes());
        long free = 0;
        long best = -1;
        long bestGap = Long.MAX_VALUE;
        for (Placed other : alive) {
            long gap = other.offset() - free;
            if (gap >= size && gap < bestGap) {
                best = free;
                bestGap = gap;
            }
            free = Math.max(free, other.end());
        }
        return best >= 0 ? best : free;
    }

    private static long aligned(long bytes) {
        return (bytes + Buffer.ALIGNMENT - 1) / Buffer.ALIGNMENT * Buffer.ALIGNMENT;
    }

    /** A lifetime with its offset. */
    private record Placed(Lifetime lifetime, long offset) {
        long end() {
            return offset + aligned(lifetime.bytes());
        }

        Buffer buffer() {
            return new Buffer(lifetime.value(), offset, lifetime.bytes());
        }
    }
}
