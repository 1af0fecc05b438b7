package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.ConvolutionTrials.conv;
import static dev.octet.codegen.cuda.ConvolutionTrials.dense;
import static dev.octet.codegen.cuda.ConvolutionTrials.spec;
import static dev.octet.codegen.cuda.Operands.extent;
import static dev.octet.plan.graph.ElementType.F32;
import static dev.octet.plan.graph.ElementType.S8;
import static dev.octet.plan.graph.ElementType.U8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule.Dp4aTile;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The emitted kernels, run on the host, against plain loop nests; bytes must be equal. */
@Tag("gxx")
class KernelsOnHostTest {
    private static final long SEED = Long.getLong("octet.seed", 20180);
    private static final int RANDOM_CONVOLUTIONS = 24;
    private static final Dp4aTile SMALL = new Dp4aTile(32, 32, 16, 4, 4);
    private static final Window POINT = new Window(1, 1, 1, 1, 0, 0, 0, 0);
    private static final Window SAME = new Window(3, 3, 1, 1, 1, 1, 1, 1);

    @TempDir
    static Path directory;

    @TestFactory
    Stream<DynamicTest> equalPlainLoops() throws IOException {
        if (!HostProgram.canBuild()) {
            System.out.println("skipped: the kernels on the host need g++ on the PATH");
        }
        assumeTrue(HostProgram.canBuild(), "the kernels on the host need g++ on the PATH");
        List<KernelTrial> trials = trials();
        HostProgram program = HostProgram.build(
                directory, trials.stream().map(KernelTrial::kernel).distinct().toList());
        List<List<byte[]>> results = program.run(trials);
        return IntStream.range(0, trials.size())
                .mapToObj(i ->
                        DynamicTest.dynamicTest(trials.get(i).toString(), () -> check(trials.get(i), results.get(i))));
    }

    private static void check(KernelTrial trial, List<byte[]> after) {
        for (int i = 0; i < after.size(); i++) {
            boolean output = i == trial.output();
            assertThat(after.get(i))
                    .as("%s, buffer %d of %s, -Doctet.seed=%d", output ? "result" : "operand", i, trial, SEED)
                    .isEqualTo(output ? trial.expected() : trial.buffers().get(i));
        }
    }

    private static List<KernelTrial> trials() {
        List<KernelTrial> trials = new ArrayList<>();
        trials.addAll(convolutions());
        IntStream.range(0, RANDOM_CONVOLUTIONS)
                .mapToObj(KernelsOnHostTest::randomConvolution)
                .forEach(trials::add);
        trials.addAll(denseLayers());
        trials.addAll(pools());
        trials.addAll(conversions());
        return trials;
    }

    private static Operands operands(String title) {
        return new Operands(SEED * 31 + title.hashCode(), title.contains("extreme"));
    }

    private static KernelTrial convolution(
            String title,
            List<ElementType> types,
            Extent input,
            int channels,
            Window window,
            Dp4aTile tile,
            int batch) {
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        KernelSpec.Conv2d spec = spec(types.get(0), types.get(1), input, channels, window, residual);
        return conv(title, spec, tile, batch, operands(title));
    }

    private static List<KernelTrial> convolutions() {
        Window strided = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        Window lopsided = new Window(3, 2, 1, 2, 2, 0, 1, 1);
        Window wide = new Window(1, 7, 1, 1, 0, 3, 0, 3);
        Window tall = new Window(5, 1, 3, 1, 0, 0, 4, 0);
        Window valid = new Window(3, 3, 2, 1, 0, 0, 0, 0);
        Window all = new Window(4, 4, 1, 1, 0, 0, 0, 0);
        Dp4aTile wider = new Dp4aTile(32, 64, 32, 4, 8);
        return List.of(
                convolution("signed", List.of(S8, S8), extent(7, 7, 16), 16, SAME, SMALL, 1),
                convolution("unsigned", List.of(U8, U8), extent(7, 7, 16), 16, SAME, SMALL, 2),
                convolution("one channel in, ten out", List.of(S8, U8), extent(6, 5, 1), 10, SAME, SMALL, 3),
                convolution("one channel more than 16", List.of(U8, S8), extent(6, 5, 17), 17, SAME, SMALL, 3),
                convolution("three channel tiles", List.of(U8, S8), extent(5, 5, 48), 80, SAME, SMALL, 1),
                convolution("signed residual", List.of(S8, U8, S8), extent(6, 6, 32), 48, SAME, wider, 2),
                convolution("unsigned residual", List.of(U8, S8, U8), extent(6, 6, 32), 10, SAME, SMALL, 3),
                convolution("stride 2", List.of(U8, U8), extent(9, 8, 32), 32, strided, wider, 2),
                convolution("padding unlike on all sides", List.of(S8, S8), extent(7, 9, 10), 16, lopsided, SMALL, 2),
                convolution("1x7", List.of(S8, S8), extent(4, 9, 16), 16, wide, SMALL, 1),
                convolution("5x1", List.of(U8, S8), extent(9, 4, 48), 16, tall, SMALL, 1),
                convolution("no padding", List.of(U8, U8), extent(7, 7, 32), 16, valid, wider, 1),
                convolution("whole input", List.of(U8, F32), extent(4, 4, 16), 10, all, SMALL, 3),
                convolution("float with residual", List.of(S8, F32, U8), extent(1, 1, 48), 17, POINT, SMALL, 3),
                convolution("input smaller than the window", List.of(S8, S8), extent(1, 1, 16), 16, SAME, SMALL, 3),
                convolution("1x1", List.of(S8, U8, S8), extent(5, 5, 64), 64, POINT, wider, 3),
                convolution("1x1, one step", List.of(U8, U8), extent(6, 6, 16), 32, POINT, SMALL, 1),
                convolution("extreme values", List.of(U8, S8), extent(3, 3, 512), 16, SAME, wider, 1),
                convolution("extreme signed values", List.of(S8, S8), extent(3, 3, 512), 16, SAME, wider, 1),
                convolution(
                        "two vectors a thread",
                        List.of(U8, U8, U8),
                        extent(12, 12, 64),
                        128,
                        SAME,
                        new Dp4aTile(128, 128, 32, 8, 8),
                        1),
                convolution(
                        "16 channels a thread",
                        List.of(U8, U8, S8),
                        extent(9, 9, 32),
                        48,
                        SAME,
                        new Dp4aTile(64, 64, 32, 4, 16),
                        1),
                convolution(
                        "2 pixels a thread",
                        List.of(U8, U8),
                        extent(9, 9, 16),
                        32,
                        SAME,
                        new Dp4aTile(32, 64, 16, 2, 8),
                        1),
                convolution(
                        "1 pixel a thread",
                        List.of(U8, U8),
                        extent(5, 5, 32),
                        32,
                        SAME,
                        new Dp4aTile(16, 32, 32, 1, 8),
                        1),
                convolution(
                        "threads that copy unequal shares",
                        List.of(S8, S8),
                        extent(5, 5, 32),
                        96,
                        SAME,
                        new Dp4aTile(128, 96, 32, 8, 8),
                        3));
    }

    private static KernelTrial randomConvolution(int number) {
        Random random = new Random(SEED + number);
        ElementType in = random.nextBoolean() ? S8 : U8;
        ElementType out = random.nextBoolean() ? S8 : U8;
        Optional<ElementType> residual =
                random.nextBoolean() ? Optional.of(random.nextBoolean() ? S8 : U8) : Optional.empty();
        int kernelH = 1 + random.nextInt(4);
        int kernelW = 1 + random.nextInt(4);
        Window window = new Window(
                kernelH,
                kernelW,
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                random.nextInt(kernelH),
                random.nextInt(kernelW),
                random.nextInt(kernelH),
                random.nextInt(kernelW));
        Extent input = extent(kernelH + random.nextInt(8), kernelW + random.nextInt(8), 1 + random.nextInt(70));
        List<Dp4aTile> tiles = new ArrayList<>(List.of(SMALL, new Dp4aTile(64, 32, 16, 8, 4)));
        if (input.pitch() % 32 == 0) {
            tiles.addAll(List.of(new Dp4aTile(64, 64, 32, 8, 8), new Dp4aTile(32, 16, 32, 2, 8)));
        }
        Dp4aTile tile = tiles.get(random.nextInt(tiles.size()));
        KernelSpec.Conv2d spec = spec(in, out, input, 1 + random.nextInt(70), window, residual);
        return conv("random " + number, spec, tile, 1 + random.nextInt(4), new Operands(random.nextLong(), false));
    }

    private static KernelTrial denseLayer(
            String title, List<ElementType> types, int k, int channels, int threads, int batch) {
        Extent output = types.get(1).isInteger() ? extent(1, 1, channels) : new Extent(1, 1, channels, channels);
        Optional<ElementType> residual = types.stream().skip(2).findFirst();
        KernelSpec.Dense spec = new KernelSpec.Dense(types.get(0), types.get(1), k, output, residual);
        return dense(title, spec, threads, batch, operands(title));
    }

    private static List<KernelTrial> denseLayers() {
        return List.of(
                denseLayer("logits", List.of(U8, F32), 64, 10, 32, 3),
                denseLayer("logits, signed", List.of(S8, F32), 784, 17, 64, 2),
                denseLayer("one of everything", List.of(U8, F32), 16, 1, 32, 1),
                denseLayer("padding lanes", List.of(U8, U8), 48, 10, 32, 3),
                denseLayer("no padding lanes", List.of(S8, S8), 48, 48, 32, 3),
                denseLayer("unsigned residual", List.of(S8, U8, U8), 32, 17, 64, 2),
                denseLayer("signed residual to float", List.of(U8, F32, S8), 32, 17, 64, 2),
                denseLayer("extreme values", List.of(U8, S8), 4096, 10, 32, 1));
    }

    private static List<KernelTrial> pools() {
        Window overlapping = new Window(3, 3, 2, 2, 1, 1, 1, 1);
        Window apart = new Window(2, 2, 2, 2, 0, 0, 0, 0);
        Window lopsided = new Window(5, 2, 1, 3, 4, 0, 2, 1);
        return List.of(
                maxPool("overlapping", S8, extent(9, 9, 17), overlapping, 3),
                maxPool("overlapping", U8, extent(9, 8, 17), overlapping, 1),
                maxPool("apart", U8, extent(7, 7, 48), apart, 2),
                maxPool("extreme, unlike on all sides", S8, extent(6, 7, 10), lopsided, 2),
                avgPool("mean", S8, S8, extent(7, 7, 48), -127, 2),
                avgPool("mean", U8, U8, extent(5, 3, 10), 0, 3),
                avgPool("mean, floor above zero", U8, S8, extent(5, 3, 10), 3, 1),
                avgPool("mean of one pixel", S8, U8, extent(1, 1, 1), 0, 1),
                avgPool("extreme mean", U8, U8, extent(16, 17, 16), 0, 1));
    }

    private static KernelTrial maxPool(String title, ElementType type, Extent input, Window window, int batch) {
        return LanewiseTrials.maxPool(title, type, input, window, 64, batch, operands(title));
    }

    private static KernelTrial avgPool(
            String title, ElementType in, ElementType out, Extent input, float lo, int batch) {
        KernelSpec.GlobalAvgPool spec = new KernelSpec.GlobalAvgPool(in, out, input);
        return LanewiseTrials.avgPool(title, spec, lo, 32, batch, operands(title));
    }

    private static List<KernelTrial> conversions() {
        List<KernelTrial> trials = new ArrayList<>();
        for (ElementType x : List.of(S8, U8)) {
            for (ElementType y : List.of(S8, U8)) {
                KernelSpec.Add add = new KernelSpec.Add(x, y, y == x ? S8 : U8, 16 * 37);
                trials.add(LanewiseTrials.add("sum", add, 32, 3, operands("sum" + x + y)));
                KernelSpec.Rescale rescale = new KernelSpec.Rescale(x, y, 16 * 33);
                trials.add(LanewiseTrials.rescale("scale", rescale, 32, 1, operands("scale" + x + y)));
            }
            for (int channels : new int[] {1, 10, 16, 17}) {
                KernelSpec.Dequantize spec = new KernelSpec.Dequantize(x, extent(3, 5, channels));
                trials.add(LanewiseTrials.dequantize("floats", spec, 32, 3, operands("floats" + x + channels)));
            }
        }
        for (int channels : new int[] {1, 3, 4, 16}) {
            trials.add(LanewiseTrials.quantize("pixels", 5, 7, channels, 32, 3, operands("pixels" + channels)));
        }
        return trials;
    }
}
