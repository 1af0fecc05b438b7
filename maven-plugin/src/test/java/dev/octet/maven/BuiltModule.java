package dev.octet.maven;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Port;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.Calibrator;
import dev.octet.tools.BuiltNetwork;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;

/** A module with one compiled network, {@code com.acme.Sample}, its weights and images, in which goals run. */
final class BuiltModule {
    static final String NETWORK = "com.acme.Sample";
    private static final int IMAGES = 5;

    private final Path root;
    /** What goals have logged, each line with its level. */
    final List<String> log = new ArrayList<>();

    private BuiltModule(Path root) {
        this.root = root;
    }

    /** Compiles the module. */
    static BuiltModule in(Path root, boolean floats) throws IOException {
        BuiltModule module = new BuiltModule(root);
        Compilation compiled = OctetCompiler.compile(request().floats(floats), new CudaWriter(), (pass, text) -> {});
        module.write(ResourcePaths.plan(NETWORK), PlanText.write(compiled.plan()));
        if (floats) {
            module.write(
                    ResourcePaths.floats(NETWORK),
                    PlanText.write(compiled.floats().orElseThrow()));
        }
        module.write(ResourcePaths.weightsSource(NETWORK), "sample.safetensors\n".getBytes(StandardCharsets.UTF_8));
        // The class loader of a network is that of its definition.
        module.compileClass("Sample", "package com.acme; public final class Sample {}");
        Random random = new Random(7);
        Files.createDirectories(module.sources());
        Files.write(module.sources().resolve("sample.safetensors"), weights(random));
        byte[] pixels = new byte[IMAGES * 42];
        random.nextBytes(pixels);
        Files.write(module.images(), pixels);
        return module;
    }

    private static CompileRequest request() {
        NetworkDefinition definition = net -> net.output(
                "scores",
                net.input("image")
                        .conv2d("conv", 3, kernel(3).pad(1))
                        .relu()
                        .globalAvgPool()
                        .flatten());
        ImageFormat format = new ImageFormat(ImageFormat.ChannelOrder.GRAY, 1 / 255f, List.of(0f), List.of(1f));
        return new CompileRequest(
                NETWORK,
                List.of(new Port("image", Shape.of(1, 6, 7), Optional.of(format))),
                List.of(new Port("scores", Shape.of(3), Optional.empty())),
                List.of(Target.SM_61),
                4,
                Tracer.trace(
                        definition,
                        List.of(new PortShape("image", List.of(1, 6, 7))),
                        List.of(new PortShape("scores", List.of(3)))));
    }

    private void write(String resource, byte[] content) throws IOException {
        Path file = classes().resolve(resource);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] weights(Random random) {
        byte[] header = "{\"conv.weight\":{\"dtype\":\"F32\",\"shape\":[3,1,3,3],\"data_offsets\":[0,108]}}"
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + header.length + 108).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(header.length).put(header);
        while (out.hasRemaining()) {
            out.putFloat(random.nextFloat() - .5f);
        }
        return out.array();
    }

    /** Adds a class to the module. */
    private void compileClass(String name, String text) throws IOException {
        Path source = Files.createDirectories(root.resolve("java")).resolve(name + ".java");
        Files.writeString(source, text);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes().toString(),
                        source.toString());
        assertThat(status).isZero();
    }

    /** Adds the kind of devices {@code npu}, with one device that loads nothing, as a library of the project would. */
    void addDevice() throws IOException {
        compileClass("Npu", """
                package com.acme;
                import dev.octet.runtime.device.*;
                public final class Npu implements DeviceProvider, Device {
                    public String kind() { return "npu"; }
                    public int rank() { return -1; }
                    public Probe probe() { return new Probe(java.util.List.of(info()), ""); }
                    public Device open(int index) { return this; }
                    public Probe.DeviceInfo info() { return new Probe.DeviceInfo("npu:0", "of a test"); }
                    public DeviceNetwork load(NetworkImage image) { throw new IllegalStateException(); }
                    public void close() {}
                }
                """);
        write(
                "META-INF/services/dev.octet.runtime.device.DeviceProvider",
                "com.acme.Npu".getBytes(StandardCharsets.UTF_8));
    }

    /** Calibrates the network, and puts beside its plan what {@code octet:weights} does. */
    void calibrate() throws IOException {
        Path source = sources().resolve("sample.safetensors");
        BuiltNetwork network = new BuiltNetwork(classes(), NETWORK);
        byte[] table = Calibrator.of(network.spec(), source)
                .run(Stream.of(new byte[42]))
                .write()
                .getBytes(StandardCharsets.UTF_8);
        Files.write(table(), table);
        write(ResourcePaths.calibration(NETWORK), table);
        write(
                ResourcePaths.weights(NETWORK),
                WeightsFile.of(network.plan(), Safetensors.open(source)).write());
    }

    Path classes() {
        return root.resolve("target/classes");
    }

    Path sources() {
        return root.resolve("octet");
    }

    Path images() {
        return root.resolve("images.u8");
    }

    /** The calibration table among the build inputs. */
    Path table() {
        return sources().resolve(NETWORK + ".calibration");
    }

    /** A file in the build folder, which a process of its own works in. */
    File target(String name) {
        return root.resolve("target").resolve(name).toFile();
    }

    /** Runs a goal. */
    void run(OctetMojo goal) throws ReflectiveOperationException {
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().setOutputDirectory(classes().toString());
        MavenProject project = new MavenProject(model);
        project.setFile(root.resolve("pom.xml").toFile());
        set(OctetMojo.class, goal, "project", project);
        goal.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                log.add("info " + line);
            }

            @Override
            public void warn(CharSequence line) {
                log.add("warn " + line);
            }
        });
        goal.run(classes());
    }

    /** Gives a goal's parameter, which {@code owner} declares, a value. */
    static void set(Class<?> owner, Object goal, String name, Object value) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        field.set(goal, value);
    }
}
