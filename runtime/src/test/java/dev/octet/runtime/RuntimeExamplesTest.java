package dev.octet.runtime;

import dev.octet.dsl.Net;
import dev.octet.dsl.Tensor;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.launch.Step;
import dev.octet.plan.text.PlanText;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.diag.RuntimeCode;
import dev.octet.testkit.DiagnosticExamples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Every diagnostic of loading, running and calibrating, each provoked by a small mistake. */
class RuntimeExamplesTest {
    private static final int MAX_BATCH = 2;
    private static final byte[] IMAGE = new byte[3 * 12 * 11];
    private static final Step.Kernel KERNEL = new Step.Kernel("conv_k", "a".repeat(32));
    private static final Options CPU = Options.onDevice("cpu");

    @TempDir
    static Path root;

    private final DiagnosticExamples examples = new DiagnosticExamples();

    /** What a build leaves, in a folder of its own, to be damaged by one example. */
    private static final class Build {
        private final Path folder;
        private final Path weights;
        private final SampleNetwork sample;

        Build(Plan plan) {
            try {
                folder = Files.createTempDirectory(root, "build");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            weights = TensorFile.write(plan.fp32(), 3, folder.resolve("small.safetensors"));
            sample = new SampleNetwork(plan, folder).writePlan().writeWeights(weights);
        }

        static Build complete() {
            Build build = new Build(SmallDefinition.plan(MAX_BATCH));
            return build.withTable();
        }

        Build withTable() {
            sample.writeTable(calibrator().run(Stream.of(noise(sample.plan()))));
            return this;
        }

        Calibrator calibrator() {
            return Calibrator.of(sample.spec(), weights);
        }

        Path resource(String path) {
            return folder.resolve(path);
        }

        Network open(Options options) {
            return Network.open(sample.spec(), options);
        }
    }

    private static byte[] noise(Plan plan) {
        byte[] image = new byte[plan.inputs().get(0).shape().elements()];
        new Random(1).nextBytes(image);
        return image;
    }

    /** The small network with another batch than its definition has. */
    private static Plan planForBatch(int maxBatch) {
        Plan plan = SmallDefinition.plan(1);
        return new Plan(plan.network(), maxBatch, plan.inputs(), plan.outputs(), plan.fp32(), plan.int8(), List.of());
    }

    private static Options floats(Build build) {
        return CPU.precision(Precision.FP32).weights(build.weights);
    }

    private interface Mistake {
        void in(Network network) throws Exception;
    }

    private interface Damage {
        void to(Build build) throws Exception;
    }

    private void thrown(RuntimeCode code, Executable mistake) {
        examples.thrown(code.id(), mistake);
    }

    /** A mistake with a network that is open on the CPU. */
    private void open(RuntimeCode code, Options options, Mistake mistake) {
        thrown(code, () -> {
            try (Network network = Build.complete().open(options)) {
                mistake.in(network);
            }
        });
    }

    /** A network that cannot be opened after something happened to its files. */
    private void opening(RuntimeCode code, Damage damage) {
        thrown(code, () -> {
            Build build = Build.complete();
            damage.to(build);
            build.open(CPU).close();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        devices();
        resources();
        calls();
        memory();
        calibration();
        ranges();
        profiles();
        return examples.tests(Stream.of(RuntimeCode.values()).map(RuntimeCode::id));
    }

    private void devices() {
        thrown(RuntimeCode.NO_DEVICE, () -> Build.complete().open(Options.onDevice("gpu:0")));
        thrown(RuntimeCode.NO_FLOATS, () -> {
            Build build = Build.complete();
            Devices devices =
                    Devices.probe(List.<DeviceProvider>of(new BytesOnly()).iterator());
            new NetworkLoader(
                            build.sample.spec(),
                            Options.onDevice("npu").precision(Precision.FP32).weights(build.weights))
                    .open(devices);
        });
    }

    private void resources() {
        opening(RuntimeCode.NO_PLAN, build -> Files.delete(build.resource(ResourcePaths.plan(SampleNetwork.NAME))));
        opening(
                RuntimeCode.NO_WEIGHTS,
                build -> Files.delete(build.resource(ResourcePaths.weights(SampleNetwork.NAME))));
        opening(
                RuntimeCode.NO_CALIBRATION,
                build -> Files.delete(build.resource(ResourcePaths.calibration(SampleNetwork.NAME))));
        opening(RuntimeCode.FOREIGN_WEIGHTS, build -> {
            Build other = new Build(SampleNetwork.compile(
                    new RandomDefinition(5), 1, SampleNetwork.image(3, 12, 11), vector("logits", 10)));
            String path = ResourcePaths.weights(SampleNetwork.NAME);
            Files.write(build.resource(path), Files.readAllBytes(other.resource(path)));
        });
        thrown(RuntimeCode.UNREADABLE, () -> Build.complete().open(CPU.calibration(root)));
        opening(RuntimeCode.OVERSIZED, build -> {
            try (var file = new RandomAccessFile(
                    build.resource(ResourcePaths.plan(SampleNetwork.NAME)).toFile(), "rw")) {
                file.setLength((64 << 20) + 1);
            }
        });
        thrown(RuntimeCode.DAMAGED_KERNEL, () -> {
            Build build = Build.complete();
            Path file = build.resource(ResourcePaths.kernel(Target.SM_61, KERNEL.hash(), "ptx"));
            Files.createDirectories(file.getParent());
            Files.writeString(file, ".version 5.0");
            Devices devices =
                    Devices.probe(List.<DeviceProvider>of(new BytesOnly()).iterator());
            new NetworkLoader(build.sample.spec(), Options.onDevice("npu")).open(devices);
        });
        thrown(RuntimeCode.NO_FLOAT_WEIGHTS, () -> Build.complete().open(CPU.precision(Precision.FP32)));
    }

    private void calls() {
        open(RuntimeCode.BATCH, CPU, network -> network.runBatch(3, ByteBuffer.allocate(3 * IMAGE.length), room(3)));
        open(RuntimeCode.INPUT_SIZE, CPU, network -> network.run(new byte[12 * 11]));
        open(
                RuntimeCode.OUTPUT_SIZE,
                CPU,
                network -> network.runBatch(2, ByteBuffer.allocate(2 * IMAGE.length), room(1)));
        thrown(RuntimeCode.PORTS, () -> {
            Build build = new Build(SampleNetwork.compile(
                    RuntimeExamplesTest::twoHeads, 1, SampleNetwork.image(1, 4, 4), vector("a", 2), vector("b", 3)));
            try (Network network = build.open(floats(build))) {
                network.run(new byte[16]);
            }
        });
        open(RuntimeCode.INPUT_KIND, CPU, network -> network.run(List.of(FloatBuffer.allocate(IMAGE.length))));
        open(
                RuntimeCode.PORT_COUNT,
                CPU,
                network -> network.run(List.of(ByteBuffer.wrap(IMAGE), FloatBuffer.allocate(2))));
        open(RuntimeCode.NO_PORT, CPU, network -> network.newSession().input("picture"));
        open(
                RuntimeCode.NO_VALUE,
                CPU.keepValues(true),
                network -> network.newSession().value("conv9"));
        open(RuntimeCode.NOT_KEPT, CPU, network -> network.newSession().value("act1"));
        open(
                RuntimeCode.NOT_RUN,
                CPU.keepValues(true),
                network -> network.newSession().value("act1"));
        open(RuntimeCode.CLOSED, CPU, network -> {
            network.close();
            network.run(IMAGE);
        });
        open(RuntimeCode.SESSION_CLOSED, CPU, network -> {
            Session session = network.newSession();
            session.close();
            session.run(1);
        });
        open(RuntimeCode.INTERRUPTED, CPU, network -> {
            Thread.currentThread().interrupt();
            try {
                network.run(IMAGE);
            } finally {
                Thread.interrupted();
            }
        });
    }

    private static void twoHeads(Net net) {
        Tensor pixels = net.input("image").flatten();
        net.output("a", pixels.dense("first", 2));
        net.output("b", pixels.dense("second", 3));
    }

    private static Port vector(String name, int features) {
        return new Port(name, Shape.of(features), Optional.empty());
    }

    private static FloatBuffer room(int images) {
        return FloatBuffer.allocate(5 * images);
    }

    /** Where memory must be short, in a process that has little. */
    private void memory() {
        small(RuntimeCode.OUT_OF_MEMORY, planForBatch(1 << 16), SmallHeap.Task.RUN);
        small(RuntimeCode.LOAD_MEMORY, SmallHeap.wide(8192), SmallHeap.Task.RUN);
        small(RuntimeCode.DIRECT_MEMORY, planForBatch(1 << 16), SmallHeap.Task.SESSION);
        thrown(RuntimeCode.BATCH_TOO_LARGE, () -> {
            // The compiler refuses such a network; a plan changed by hand still asks for it.
            Plan plan = SampleNetwork.compile(
                    (Net net) -> net.output("wide", net.input("image").flatten().dense("fc", 10_000)),
                    1000,
                    SampleNetwork.image(1, 4, 4),
                    vector("wide", 10_000));
            String text = new String(PlanText.write(plan), StandardCharsets.UTF_8);
            byte[] changed =
                    text.replace("max-batch 1000\n", "max-batch 65536\n").getBytes(StandardCharsets.UTF_8);
            Build build = new Build(PlanText.read(changed, "plan"));
            try (Network network = build.open(floats(build))) {
                network.newSession();
            }
        });
    }

    private void small(RuntimeCode code, Plan plan, SmallHeap.Task task) {
        examples.reported(code.id(), () -> {
            Path folder = new Build(plan).withTable().folder;
            return SmallHeap.lines(folder, "cpu", task, plan.maxBatch());
        });
    }

    private void calibration() {
        thrown(RuntimeCode.NO_EXAMPLES, () -> Build.complete().calibrator().run(Stream.of()));
        thrown(RuntimeCode.EXAMPLE_SIZE, () -> Build.complete().calibrator().run(Stream.of(IMAGE, new byte[7])));
        thrown(RuntimeCode.NOT_FINITE, () -> {
            Build build = Build.complete();
            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(build.weights)).order(ByteOrder.LITTLE_ENDIAN);
            // A bias near the largest float: each pixel is finite, their sum is not.
            file.putFloat(8 + (int) file.getLong(0), 3e38f);
            Files.write(build.weights, file.array());
            build.calibrator().run(Stream.of(IMAGE));
        });
    }

    private void ranges() {
        Options perBatch = CPU.ranges(RangeSource.PER_BATCH);
        thrown(RuntimeCode.RANGES_CONFLICT, () -> Build.complete().open(perBatch.precision(Precision.FP32)));
        thrown(RuntimeCode.NO_BATCH_RANGES, () -> {
            Devices devices = Devices.probe(List.<DeviceProvider>of(new Fixed()).iterator());
            new NetworkLoader(
                            Build.complete().sample.spec(),
                            Options.onDevice("npu").ranges(RangeSource.PER_BATCH))
                    .open(devices);
        });
        thrown(RuntimeCode.BATCH_NOT_FINITE, () -> {
            Build build = new Build(SampleNetwork.compile(
                    net -> net.output("out", net.input("signal").relu()),
                    1,
                    List.of(SampleNetwork.floats("signal", 3)),
                    List.of(SampleNetwork.floats("out", 3))));
            try (Network network = build.open(perBatch)) {
                network.run(List.of(FloatBuffer.wrap(new float[] {1, Float.NaN, 2})));
            }
        });
    }

    private void profiles() {
        thrown(RuntimeCode.NO_CLOCK, () -> {
            Devices devices = Devices.probe(List.<DeviceProvider>of(new Fixed()).iterator());
            NetworkSpec spec = Build.complete().sample.spec();
            try (Network network = new NetworkLoader(spec, Options.onDevice("npu")).open(devices);
                    Session session = network.newSession()) {
                session.profile(1, 1);
            }
        });
    }

    /** A device whose networks keep their constants, and whose sessions measure nothing. */
    private static final class Fixed extends OneDevice {
        Fixed() {
            super("npu:0", "fixed constants", 1);
        }

        @Override
        public DeviceNetwork load(NetworkImage image) {
            return new DeviceNetwork() {
                @Override
                public DeviceSession newSession(SessionRequest request) {
                    return new Idle();
                }

                @Override
                public long deviceBytes() {
                    return 0;
                }

                @Override
                public String description() {
                    return "";
                }

                @Override
                public void close() {}
            };
        }
    }

    private static final class Idle implements DeviceSession {
        @Override
        public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
            throw new AssertionError(n);
        }

        @Override
        public byte[] value(int value) {
            throw new AssertionError(value);
        }

        @Override
        public long deviceBytes() {
            return 0;
        }

        @Override
        public void close() {}
    }

    /** A device like those that run quantised networks only. */
    private static final class BytesOnly extends OneDevice {
        BytesOnly() {
            super("npu:0", "bytes only", 1);
        }

        @Override
        public DeviceNetwork load(NetworkImage image) {
            throw new AssertionError(image.kernels().ptx(Target.SM_61, KERNEL));
        }
    }
}
