package dev.octet.runtime;

import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compiles a definition in the test and lays its resources out as a build would. */
public final class SampleNetwork {
    public static final String NAME = "com.acme.Sample";

    private final Plan plan;
    private final Path folder;

    /** The files go to {@code folder}, which stands for a root of the class path. */
    public SampleNetwork(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /** The plan of a definition with one image and some outputs, without kernels. */
    public static Plan compile(NetworkDefinition definition, int maxBatch, Port image, Port... outputs) {
        return compile(definition, maxBatch, List.of(image), List.of(outputs));
    }

    /** The plan of a definition with any ports, without kernels. */
    public static Plan compile(NetworkDefinition definition, int maxBatch, List<Port> inputs, List<Port> outputs) {
        return compile(definition, name -> false, maxBatch, inputs, outputs);
    }

    /** The plan of a definition of which some layers stay in FP32, chosen by the names of their values. */
    public static Plan compile(
            NetworkDefinition definition, Predicate<String> fp32, int maxBatch, Port image, Port... outputs) {
        return compile(definition, fp32, maxBatch, List.of(image), List.of(outputs));
    }

    private static Plan compile(
            NetworkDefinition definition, Predicate<String> fp32, int maxBatch, List<Port> inputs, List<Port> outputs) {
        var trace = Tracer.trace(definition, shapes(inputs), shapes(outputs));
        Set<String> excluded = trace.names().stream().filter(fp32).collect(Collectors.toSet());
        CompileRequest request = new CompileRequest(NAME, inputs, outputs, List.of(), maxBatch, trace, excluded);
        return OctetCompiler.compile(
                        request,
                        kernel -> {
                            throw new AssertionError("no targets, no kernels");
                        },
                        DumpSink.NONE)
                .plan();
    }

    private static List<PortShape> shapes(List<Port> ports) {
        return ports.stream()
                .map(port -> new PortShape(port.name(), port.shape().dims()))
                .toList();
    }

    /** The plan of the Fashion-MNIST network. */
    public static Plan fashion(int maxBatch) {
        ImageFormat format = new ImageFormat(ChannelOrder.GRAY, 1 / 255f, List.of(.2860f), List.of(.3530f));
        Port image = new Port("image", Shape.of(1, 28, 28), Optional.of(format));
        return compile(new FashionDefinition(), maxBatch, image, new Port("logits", Shape.of(10), Optional.empty()));
    }

    /** An image port of 1 or 3 channels with values of about -1 to 1. */
    public static Port image(int channels, int height, int width) {
        ChannelOrder order = channels == 1 ? ChannelOrder.GRAY : ChannelOrder.RGB;
        ImageFormat format = new ImageFormat(
                order, 1 / 127.5f, Collections.nCopies(channels, 1f), Collections.nCopies(channels, 1f));
        return new Port("image", Shape.of(channels, height, width), Optional.of(format));
    }

    /** A port of floats. */
    public static Port floats(String name, Integer... shape) {
        return new Port(name, Shape.of(shape), Optional.empty());
    }

    public Plan plan() {
        return plan;
    }

    /** Writes the plan. */
    public SampleNetwork writePlan() {
        write(ResourcePaths.plan(plan.network()), PlanText.write(plan));
        return this;
    }

    /** Quantises and writes weights. */
    public SampleNetwork writeWeights(Path safetensors) {
        Safetensors file = Safetensors.open(safetensors);
        WeightsFile weights = WeightsFile.of(plan, file);
        write(ResourcePaths.weights(plan.network()), weights.write());
        return this;
    }

    /** Writes a table. */
    public SampleNetwork writeTable(CalibrationTable table) {
        write(ResourcePaths.calibration(plan.network()), table.write().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void write(String path, byte[] bytes) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A specification whose class loader finds the files. */
    public NetworkSpec spec() {
        return NetworkSpec.of(plan.network(), FolderLoader.anchor(folder));
    }

    /** A specification that pins a plan. */
    public NetworkSpec spec(String planHash) {
        return new NetworkSpec(plan.network(), FolderLoader.anchor(folder), planHash);
    }
}
