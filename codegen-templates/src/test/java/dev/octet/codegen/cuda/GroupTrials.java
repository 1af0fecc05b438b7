package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;
import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Depthwise and grouped convolutions. */
final class GroupTrials extends Trials {
    GroupTrials(TrialList list) {
        super(list);
    }

    private void depthwise(String title, List<ElementType> types, Extent in, Window w, int pixels, int batch) {
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        add(
                title,
                LayerTrials.depthwise(types.get(0), types.get(1), in, w, residual),
                new Schedule.Strip(pixels, 64),
                batch);
    }

    void depthwiseConvolutions() {
        Window strided = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        Window wide = new Window(5, 5, 1, 1, 2, 2, 2, 2);
        Window lopsided = new Window(4, 3, 1, 2, 3, 0, 1, 2);
        Window gaps = new Window(2, 3, 2, 2, 3, 3, new Border(1, 4, 3, 2));
        Window sparse = new Window(2, 2, 3, 3, 0, 0, 0, 0);
        for (int rows = 1; rows <= 8; rows++) {
            Window tall = new Window(rows, 2, 1, 1, rows - 1, 1, 0, 0);
            depthwise(rows + " rows of taps", List.of(U8, S8), extent(9, 7, 10), tall, 4, 2);
        }
        depthwise("3x3", List.of(U8, U8, S8), extent(7, 16, 32), SAME, 8, 2);
        depthwise("3x3 in unequal strips", List.of(S8, U8, U8), extent(7, 10, 33), SAME, 7, 3);
        depthwise("3x3, stride 2", List.of(U8, U8), extent(9, 15, 16), strided, 4, 2);
        depthwise("5x5", List.of(S8, S8), extent(6, 14, 17), wide, 7, 1);
        depthwise("5x5 a pixel", List.of(U8, U8), extent(6, 5, 16), wide, 1, 1);
        depthwise("lopsided", List.of(S8, S8, S8), extent(7, 9, 10), lopsided, 3, 2);
        depthwise("gaps", List.of(U8, S8), extent(9, 13, 16), gaps, 4, 2);
        depthwise("columns that no window meets", List.of(U8, S8), extent(9, 13, 16), sparse, 3, 2);
        depthwise("normalisation", List.of(S8, U8), extent(5, 7, 40), POINT, 4, 3);
        depthwise("extreme values", List.of(U8, S8), extent(8, 8, 16), wide, 8, 1);
        depthwise("extreme signed values", List.of(S8, S8), extent(8, 8, 16), wide, 8, 1);
        depthwise(
                "window of many columns", List.of(S8, U8), extent(6, 11, 5), new Window(3, 8, 1, 1, 1, 4, 1, 3), 5, 2);
        depthwise("whole input", List.of(U8, F32), extent(4, 4, 18), new Window(4, 4, 1, 1, 0, 0, 0, 0), 1, 3);
    }

    private void grouped(
            String title,
            List<ElementType> types,
            Extent in,
            int channels,
            int groups,
            Window w,
            int pixels,
            int batch) {
        grouped(title, types, in, channels, groups, w, pixels, Target.SM_61, batch);
    }

    private void grouped(
            String title,
            List<ElementType> types,
            Extent in,
            int channels,
            int groups,
            Window w,
            int pixels,
            Target target,
            int batch) {
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        add(
                title,
                LayerTrials.grouped(types.get(0), types.get(1), in, channels, w, groups, residual),
                new Schedule.Strip(pixels, 64),
                target,
                batch);
    }

    void groupedConvolutions() {
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        grouped("groups of words", List.of(U8, U8, S8), extent(6, 7, 32), 32, 8, SAME, 4, 2);
        grouped("groups of 20 to 4", List.of(S8, S8), extent(6, 7, 40), 8, 2, lopsided, 3, 2);
        grouped("groups of 4 to 24", List.of(S8, U8, U8), extent(5, 5, 8), 48, 2, ATROUS, 2, 1);
        grouped("two filters a channel", List.of(U8, S8), extent(6, 7, 17), 34, 17, SAME, 4, 2);
        grouped("groups of 5 to 3", List.of(S8, U8), extent(5, 7, 15), 9, 3, lopsided, 4, 3);
        grouped("groups of 4 to 2", List.of(U8, U8, U8), extent(4, 9, 12), 6, 3, POINT, 3, 1);
        grouped("extreme values", List.of(U8, S8), extent(3, 5, 256), 16, 2, SAME, 4, 1);
        grouped("extreme odd values", List.of(S8, S8), extent(3, 5, 129), 3, 3, SAME, 4, 1);
    }

    /** Convolutions with groups of two channels, for every target: a compiler may make dot products of halves of them. */
    void groupsOfTwo() {
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        for (Target target : Target.values()) {
            grouped("groups of 2 to 4", List.of(S8, S8), extent(5, 7, 16), 32, 8, SAME, 4, target, 2);
            grouped("groups of 2 to 2", List.of(U8, U8, S8), extent(6, 7, 10), 10, 5, lopsided, 3, target, 3);
            grouped("extreme groups of 2", List.of(U8, S8), extent(3, 5, 256), 128, 128, SAME, 4, target, 1);
            grouped("extreme groups of 2", List.of(S8, U8), extent(3, 5, 64), 64, 32, POINT, 2, target, 1);
        }
    }

    void randomStrip(Random random) {
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        ElementType other = random.nextBoolean() ? S8 : U8;
        Optional<ElementType> residual = random.nextBoolean() ? Optional.of(other) : Optional.empty();
        Window window = randomWindow(random);
        Schedule strip = new Schedule.Strip(1 + random.nextInt(8), 64);
        int groups = 2 + random.nextInt(6);
        int groupIn = 1 + random.nextInt(9);
        Extent input =
                extent(window.spanH() + random.nextInt(8), window.spanW() + random.nextInt(12), groups * groupIn);
        KernelSpec spec = random.nextInt(3) > 0
                ? LayerTrials.depthwise(in, out, input, window, residual)
                : LayerTrials.grouped(in, out, input, groups * (1 + random.nextInt(9)), window, groups, residual);
        add("random", spec, strip, 1 + random.nextInt(4));
    }
}
