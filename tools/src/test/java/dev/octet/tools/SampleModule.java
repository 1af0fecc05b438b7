package dev.octet.tools;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import javax.tools.ToolProvider;

/** A module with one compiled network: what the annotation processor leaves in a classes directory, and its inputs. */
public final class SampleModule {
    public static final String NETWORK = "com.acme.Sample";
    static final int CHANNELS = 5;

    /** What {@link #in} compiles; its activation stands on line 7. */
    private static final String DEFINITION = """
            package com.acme;
            import static dev.octet.dsl.Kernel.kernel;
            public final class Sample implements dev.octet.dsl.NetworkDefinition {
                public void define(dev.octet.dsl.Net net) {
                    net.output("scores", net.input("image")
                        .conv2d("conv", 5, kernel(3).pad(1).bias())
                        .relu().globalAvgPool().flatten());
                }
            }
            """;

    private final Path root;

    private SampleModule(Path root) {
        this.root = root;
    }

    /** Writes the module below {@code root}: a small convolution, with weights. */
    public static SampleModule in(Path root) throws IOException {
        NetworkDefinition definition = net -> net.output(
                "scores",
                net.input("image")
                        .conv2d("conv", CHANNELS, kernel(3).pad(1).bias())
                        .relu()
                        .globalAvgPool()
                        .flatten());
        SampleModule module = of(root, definition, Shape.of(1, 6, 7), Map.of("scores", Shape.of(CHANNELS)));
        module.writeWeights(1);
        module.compileClass(DEFINITION);
        return module;
    }

    /** Replaces the definition's class, but not its plan. */
    public void compileDefinition(String define) throws IOException {
        compileClass(DEFINITION.replaceAll("(?s)net\\.output.*?;", Matcher.quoteReplacement(define)));
    }

    /** Writes a module with another network below {@code root}, without weights. */
    public static SampleModule of(Path root, NetworkDefinition definition, Shape image, Map<String, Shape> outputs)
            throws IOException {
        SampleModule module = new SampleModule(root);
        BuiltNetwork network = module.network();
        Files.createDirectories(network.planFile().getParent());
        Files.createDirectories(module.sources());
        Files.write(network.planFile(), PlanText.write(compile(definition, image, new TreeMap<>(outputs))));
        Files.writeString(network.weightsSourceFile(), "sample.safetensors\n");
        module.compileClass("package com.acme; public final class Sample {}");
        return module;
    }

    public Path classes() {
        return root.resolve("classes");
    }

    public Path sources() {
        return root.resolve("octet");
    }

    public BuiltNetwork network() {
        return new BuiltNetwork(classes(), NETWORK);
    }

    public Path weights() {
        return sources().resolve("sample.safetensors");
    }

    /** The table of a calibration with the module's weights. */
    CalibrationTable table() {
        return new CalibrationTable(
                NETWORK,
                GraphText.topologyHash(network().plan().fp32()),
                Safetensors.open(weights()).sha256(),
                "naive",
                3,
                new TreeMap<>(Map.of("image", 1f)));
    }

    /** Replaces the weights by others. */
    public void writeWeights(long seed) throws IOException {
        Random random = new Random(seed);
        float[] numbers = new float[50];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        writeWeights(
                "{\"conv.weight\":{\"dtype\":\"F32\",\"shape\":[5,1,3,3],\"data_offsets\":[0,180]},"
                        + "\"conv.bias\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[180,200]}}",
                numbers);
    }

    /** Writes a safetensors file with any header. */
    public void writeWeights(String header, float... data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + json.length + 4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(json.length).put(json);
        for (float number : data) {
            out.putFloat(number);
        }
        Files.write(weights(), out.array());
    }

    /** A class of the network's name, for its class loader finds the resources. */
    private void compileClass(String text) throws IOException {
        Path source = Files.createDirectories(root.resolve("java")).resolve("Sample.java");
        Files.writeString(source, text);
        int code = ToolProvider.getSystemJavaCompiler()
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
        assertThat(code).isZero();
    }

    private static Plan compile(NetworkDefinition definition, Shape image, SortedMap<String, Shape> outputs) {
        ImageFormat format = new ImageFormat(ChannelOrder.GRAY, 1 / 255f, List.of(0f), List.of(1f));
        return compile(definition, new Port("image", image, Optional.of(format)), outputs);
    }

    /** Compiles a network with one input. */
    public static Plan compile(NetworkDefinition definition, Port input, SortedMap<String, Shape> outputs) {
        CompileRequest request = new CompileRequest(
                NETWORK,
                List.of(input),
                outputs.entrySet().stream()
                        .map(output -> new Port(output.getKey(), output.getValue(), Optional.empty()))
                        .toList(),
                List.of(Target.SM_61),
                4,
                Tracer.trace(
                        definition,
                        List.of(new PortShape(input.name(), input.shape().dims())),
                        outputs.entrySet().stream()
                                .map(output -> new PortShape(
                                        output.getKey(), output.getValue().dims()))
                                .toList()));
        return OctetCompiler.compile(request, new CudaWriter(), (pass, text) -> {})
                .plan();
    }
}
