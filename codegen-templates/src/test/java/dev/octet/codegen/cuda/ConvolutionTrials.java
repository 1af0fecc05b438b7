package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;
import static dev.octet.codegen.cuda.Operands.words;
import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.Schedule.Dp4aTile;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Convolutions without tensor cores, inputs of few channels on all targets, and random ones. */
final class ConvolutionTrials extends Trials {
    ConvolutionTrials(TrialList list) {
        super(list);
    }

    void channelsAndTypes() {
        conv("signed", List.of(S8, S8), extent(7, 7, 16), 16, SAME, SMALL, 1);
        conv("unsigned", List.of(U8, U8), extent(7, 7, 16), 16, SAME, SMALL, 2);
        conv("one channel in, ten out", List.of(S8, U8), extent(6, 5, 1), 10, SAME, SMALL, 3);
        conv("one channel more than 16", List.of(U8, S8), extent(6, 5, 17), 17, SAME, SMALL, 3);
        conv("three channel tiles", List.of(U8, S8), extent(5, 5, 48), 80, SAME, SMALL, 1);
        conv("signed residual", List.of(S8, U8, S8), extent(6, 6, 32), 48, SAME, WIDER, 2);
        conv("unsigned residual", List.of(U8, S8, U8), extent(6, 6, 32), 10, SAME, SMALL, 3);
        conv("extreme values", List.of(U8, S8), extent(3, 3, 512), 16, SAME, WIDER, 1);
        conv("extreme signed values", List.of(S8, S8), extent(3, 3, 512), 16, SAME, WIDER, 1);
        conv("float with residual", List.of(S8, F32, U8), extent(1, 1, 48), 17, POINT, SMALL, 3);
    }

    void windows() {
        Window strided = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        Window wide = new Window(1, 7, 1, 1, 0, 3, 0, 3);
        Window tall = new Window(5, 1, 3, 1, 0, 0, 4, 0);
        Window valid = new Window(3, 3, 2, 1, 0, 0, 0, 0);
        Window gaps = new Window(2, 3, 2, 1, 4, 3, new Border(1, 0, 3, 5));
        Window sparse = new Window(3, 2, 1, 1, 3, 2, Border.NONE);
        Window all = new Window(4, 4, 1, 1, 0, 0, 0, 0);
        conv("stride 2", List.of(U8, U8), extent(9, 8, 32), 32, strided, WIDER, 2);
        conv("padding unlike on all sides", List.of(S8, S8), extent(7, 9, 10), 16, lopsided, SMALL, 2);
        conv("1x7", List.of(S8, S8), extent(4, 9, 16), 16, wide, SMALL, 1);
        conv("5x1", List.of(U8, S8), extent(9, 4, 48), 16, tall, SMALL, 1);
        conv("no padding", List.of(U8, U8), extent(7, 7, 32), 16, valid, WIDER, 1);
        conv("whole input", List.of(U8, F32), extent(4, 4, 16), 10, all, SMALL, 3);
        conv("dilation 2", List.of(U8, S8, U8), extent(9, 9, 32), 32, ATROUS, WIDER, 2);
        conv("dilation 2 of three-piece pixels", List.of(S8, S8), extent(7, 8, 48), 16, ATROUS, SMALL, 1);
        conv("dilation unlike", List.of(U8, U8), extent(9, 13, 16), 16, gaps, SMALL, 3);
        conv("dilation without padding", List.of(U8, U8), extent(9, 13, 16), 16, sparse, SMALL, 1);
        conv("input smaller than the window", List.of(S8, S8), extent(1, 1, 16), 16, SAME, SMALL, 3);
        conv("1x1", List.of(S8, U8, S8), extent(5, 5, 64), 64, POINT, WIDER, 3);
        conv("1x1, one step", List.of(U8, U8), extent(6, 6, 16), 32, POINT, SMALL, 1);
    }

    void tiles() {
        List<ElementType> types = List.of(U8, U8, S8);
        Dp4aTile uneven = new Dp4aTile(128, 96, 32, 8, 8);
        conv("two vectors a thread", types, extent(12, 12, 64), 128, SAME, new Dp4aTile(128, 128, 32, 8, 8), 1);
        conv("16 channels a thread", types, extent(9, 9, 32), 48, SAME, new Dp4aTile(64, 64, 32, 4, 16), 1);
        conv("2 pixels a thread", types, extent(9, 9, 16), 32, SAME, new Dp4aTile(32, 64, 16, 2, 8), 1);
        conv("1 pixel a thread", types, extent(5, 5, 32), 32, SAME, new Dp4aTile(16, 32, 32, 1, 8), 1);
        conv("threads that copy unequal shares", types, extent(5, 5, 32), 96, SAME, uneven, 3);
    }

    /** Tiles without and with tensor cores that suit an input. */
    static List<Schedule> tiles(Extent input) {
        List<Schedule> tiles = new ArrayList<>(List.of(SMALL, new Dp4aTile(64, 32, 16, 8, 4), MMA, MMA_NARROW));
        if (input.pitch() % 32 == 0) {
            tiles.addAll(List.of(new Dp4aTile(64, 64, 32, 8, 8), new Dp4aTile(32, 16, 32, 2, 4)));
        }
        return tiles;
    }

    /** Inputs of few channels on all targets. */
    void pixelsOfWords() {
        Window stem = new Window(7, 7, 2, 2, 3, 3, 3, 3);
        Window lopsided = new Window(5, 3, 1, 2, 4, 0, 1, 2);
        List<Schedule> tiles =
                List.of(SMALL, WIDER, new Dp4aTile(128, 64, 16, 8, 8), MMA, MMA_NARROW, MMA8, MMA8_NARROW);
        for (Schedule tile : tiles) {
            conv("stem", List.of(S8, U8), words(15, 13, 3), 40, stem, tile, 2);
            conv("stem of one channel, extreme", List.of(U8, S8, U8), words(9, 8, 1), 36, SAME, tile, 3);
            conv("lopsided window of words", List.of(S8, S8, S8), words(6, 9, 4), 33, lopsided, tile, 1);
            conv("words with gaps", List.of(U8, U8), words(11, 9, 3), 64, ATROUS, tile, 2);
            conv("16 taps of words", List.of(S8, S8), words(8, 8, 2), 64, new Window(4, 4, 4, 4, 0, 0, 0, 0), tile, 3);
            conv(
                    "whole input of words",
                    List.of(S8, F32),
                    words(5, 4, 3),
                    20,
                    new Window(5, 4, 1, 1, 0, 0, 0, 0),
                    tile,
                    3);
            conv("a word a pixel", List.of(U8, U8, S8), words(5, 5, 3), 48, POINT, tile, 2);
        }
    }

    void randomConvolutionOfWords(Random random) {
        List<Schedule> tiles = List.of(SMALL, WIDER, MMA, MMA_NARROW, MMA8, MMA8_NARROW);
        Window window = randomWindow(random);
        Extent input =
                words(window.spanH() + random.nextInt(9), window.spanW() + random.nextInt(9), 1 + random.nextInt(4));
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        Optional<ElementType> residual = random.nextInt(4) > 0 ? Optional.empty() : Optional.of(in);
        KernelSpec.Conv2d spec = LayerTrials.spec(in, out, input, 1 + random.nextInt(70), window, residual);
        add("random words", spec, tiles.get(random.nextInt(tiles.size())), 1 + random.nextInt(4));
    }

    void randomConvolution(Random random, Function<Extent, List<Schedule>> suitable) {
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        ElementType other = random.nextBoolean() ? S8 : U8;
        Optional<ElementType> residual = random.nextBoolean() ? Optional.of(other) : Optional.empty();
        Window window = randomWindow(random);
        Extent input =
                extent(window.spanH() + random.nextInt(8), window.spanW() + random.nextInt(8), 1 + random.nextInt(70));
        List<Schedule> tiles = suitable.apply(input);
        Schedule tile = tiles.get(random.nextInt(tiles.size()));
        KernelSpec.Conv2d spec = LayerTrials.spec(in, out, input, 1 + random.nextInt(70), window, residual);
        add("random", spec, tile, 1 + random.nextInt(4));
    }
}
