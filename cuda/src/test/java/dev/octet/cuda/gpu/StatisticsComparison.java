package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.quant.Constants;
import dev.octet.runtime.calibrate.Histogram;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.ValueStatistics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Values that a device counts against the host's own histograms of them. A value is an image whose bytes stand for any floats:
 * all sizes, subnormal ones, both zeros, many equal ones, and, where they are wanted, what is not finite.
 */
public final class StatisticsComparison {
    private static final int RUN = 3;
    private static final int FLOATS_OF_A_CHANNEL = 256;

    private final Device device;
    private final Target target;
    private final SplittableRandom random;
    private final Map<Map<String, String>, CompiledKernels> compiled = new HashMap<>();

    /** Counts on a device that runs the kernels of a target. */
    public StatisticsComparison(Device device, Target target, long seed) {
        this.device = device;
        this.target = target;
        this.random = new SplittableRandom(seed);
        System.out.println(target.text() + " statistics: seed " + seed);
    }

    /** Compares values of random shapes. */
    public void finite(int trials, int mostPixels) {
        for (int trial = 0; trial < trials; trial++) {
            float[] numbers = numbers(random.nextInt(5));
            compare(shape(mostPixels), numbers);
        }
    }

    private Shape shape(int mostPixels) {
        int height = random.nextInt(1, mostPixels / 2);
        return Shape.of(random.nextBoolean() ? 1 : 3, height, random.nextInt(1, mostPixels / height + 1));
    }

    /** Numbers for the bytes of three channels. */
    private float[] numbers(int kind) {
        float[] numbers = new float[3 * FLOATS_OF_A_CHANNEL];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (kind) {
                case 0 -> Float.intBitsToFloat(random.nextInt() & 0xBFFFFFFF);
                case 1 -> (float) random.nextGaussian();
                case 2 -> Math.max(0, (float) random.nextGaussian());
                case 3 -> random.nextInt(3) * -0f;
                default -> Float.intBitsToFloat(random.nextInt() & 0x80FFFFFF);
            };
        }
        return numbers;
    }

    private void compare(Shape shape, float... numbers) {
        run(shape, numbers, (value, type, statistics, bytes) -> {
            Histogram expected = new Histogram();
            float[] floats = logical(type, bytes);
            assertThat(expected.add(floats, 0, floats.length)).isTrue();
            Histogram found = new Histogram();
            int[] largest = statistics.largest(List.of(value, value));
            assertThat(largest[0])
                    .isEqualTo(Float.floatToRawIntBits(expected.max()))
                    .isEqualTo(largest[1]);
            float factor = found.cover(Float.intBitsToFloat(largest[0]));
            found.add(
                    statistics.histograms(List.of(value), new float[] {factor}).get(0));
            assertThat(found.counts()).as("%s", shape).isEqualTo(expected.counts());
            assertThat(found.negativeCounts()).as("%s", shape).isEqualTo(expected.negativeCounts());
            assertThat(found.max()).isEqualTo(expected.max());
            assertThat(found.width()).isEqualTo(expected.width());
        });
    }

    /** Numbers that are not finite are larger than all that are. */
    public void notFinite() {
        int infinity = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
            float[] numbers = numbers(1);
            // Every image has all bytes.
            numbers[0] = bad;
            run(
                    Shape.of(1, 16, 16),
                    numbers,
                    (value, type, statistics, bytes) -> assertThat(statistics.largest(List.of(value))[0])
                            .as("%s", bad)
                            .isGreaterThanOrEqualTo(infinity));
        }
    }

    /** What is done with a value that was computed. */
    @FunctionalInterface
    private interface Check {
        void of(int value, TensorType type, ValueStatistics statistics, byte... bytes);
    }

    private void run(Shape shape, float[] numbers, Check check) {
        Compilation compilation = compile(shape);
        Plan plan = compilation.floats().orElseThrow();
        Node value = plan.int8().nodes(Op.Quantize.class).get(0);
        float[] table = Arrays.copyOf(numbers, shape.channels() * FLOATS_OF_A_CHANNEL);
        Map<String, String> sources = new TreeMap<>();
        compilation.kernels().forEach(source -> sources.put(source.hash(), source.text()));
        NetworkImage image = new NetworkImage(
                plan, Map.of(), Map.of(value.id(), new Constants.FloatPixels(table)), kernels(sources));
        byte[] pixels = new byte[RUN * shape.elements()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i < FLOATS_OF_A_CHANNEL ? i : random.nextInt());
        }
        try (DeviceNetwork network = device.load(image);
                // Room for more images than run: nobody counts what is behind them.
                DeviceSession session = network.newSession(new SessionRequest(RUN + 1, true))) {
            session.run(RUN, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.allocate(RUN * shape.elements())));
            check.of(value.id(), value.type(), session.statistics().orElseThrow(), session.value(value.id()));
        }
    }

    private CompiledKernels kernels(Map<String, String> sources) {
        boolean simulated = device.info().name().startsWith("simulated");
        return compiled.computeIfAbsent(
                sources, s -> simulated ? CompiledKernels.inFewModules(target, s) : CompiledKernels.of(target, s));
    }

    private Compilation compile(Shape shape) {
        int channels = shape.channels();
        ImageFormat format = new ImageFormat(
                channels == 1 ? ImageFormat.ChannelOrder.GRAY : ImageFormat.ChannelOrder.RGB,
                1,
                Collections.nCopies(channels, 0f),
                Collections.nCopies(channels, 1f));
        CompileRequest request = new CompileRequest(
                "test.Counted",
                List.of(new Port("image", shape, Optional.of(format))),
                List.of(new Port("y", shape, Optional.empty())),
                List.of(target),
                RUN + 1,
                Tracer.trace(
                        net -> net.output("y", net.input("image").relu()),
                        List.of(new PortShape("image", shape.dims())),
                        List.of(new PortShape("y", shape.dims()))));
        return OctetCompiler.compile(request.floats(true), new CudaWriter(), DumpSink.NONE);
    }

    /** Without padding. */
    private static float[] logical(TensorType type, byte... bytes) {
        int pitch = type.storage().orElseThrow().pitch();
        int channels = type.shape().channels();
        FloatBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] floats = new float[buffer.remaining() / pitch * channels];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = buffer.get(i / channels * pitch + i % channels);
        }
        return floats;
    }
}
