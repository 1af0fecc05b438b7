package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.words;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Random;

/** Convolutions with their pooling. */
final class PooledTrials extends Trials {
    PooledTrials(TrialList list) {
        super(list);
    }

    /** Edges of blocks, and pixels of the convolution that lie beyond its result, where all that counts is below zero. */
    void pooledConvolutions() {
        Window stem = new Window(7, 7, 2, 2, 3, 3, 3, 3);
        Window half = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        Window ceiling = new Window(3, 3, 2, 2, 0, 0, 1, 1);
        Window apart = new Window(2, 2, 2, 2, 0, 0, 0, 0);
        Window mixed = new Window(2, 3, 2, 2, 1, 2, 1, 2);
        pooled("stem", LayerTrials.pooled(S8, U8, words(37, 45, 3), 64, stem, half), 2);
        pooled("stem, extreme", LayerTrials.pooled(U8, S8, words(31, 33, 3), 64, stem, half), 1);
        pooled("two rows a step", LayerTrials.pooled(S8, U8, words(35, 33, 3), 32, half, ceiling), 3);
        pooled("no overlap", LayerTrials.pooled(U8, S8, words(12, 20, 4), 17, SAME, apart), 2);
        pooled("overlap across", LayerTrials.pooled(S8, S8, words(9, 36, 1), 48, SAME, mixed), 2);
        pooled("wide filters", LayerTrials.pooled(S8, S8, words(16, 20, 2), 10, WIDE, half), 2);
    }

    private void pooled(String title, PooledConv2d spec, int batch) {
        ScheduleSelector.candidates(spec, Target.SM_80).forEach(tile -> add(title, spec, tile, Target.SM_80, batch));
    }

    void randomPooledConvolution(Random random) {
        Window window = randomWindow(random, 8, 1);
        Window pool = randomPooling(random);
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        int height = window.spanH() + window.strideH() * (pool.kernelH() + random.nextInt(20));
        int width = window.spanW() + window.strideW() * (pool.kernelW() + random.nextInt(20));
        Extent input = words(height, width, 1 + random.nextInt(4));
        PooledConv2d spec = LayerTrials.pooled(in, out, input, 1 + random.nextInt(64), window, pool);
        List<Schedule> tiles = ScheduleSelector.candidates(spec, Target.SM_80);
        Schedule tile = tiles.get(random.nextInt(tiles.size()));
        add("random pooled", spec, tile, Target.SM_80, 1 + random.nextInt(3));
    }

    private static Window randomPooling(Random random) {
        int rows = 2 + random.nextInt(2);
        int columns = 2 + random.nextInt(2);
        return new Window(
                rows,
                columns,
                2,
                2,
                random.nextInt(rows),
                random.nextInt(columns),
                random.nextInt(rows),
                random.nextInt(columns));
    }
}
