package dev.octet.tools.diff;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.WeightsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A classes folder with one network, compiled for two targets: plan, kernels, weights and table. */
final class SampleBuild {
    static final String NETWORK = "com.acme.Sample";

    private final Path classes;
    private final Plan plan;

    private SampleBuild(Path classes, Plan plan) {
        this.classes = classes;
        this.plan = plan;
    }

    /**
     * Compiles the network into a folder.
     *
     * @param channels channels of its first convolution
     * @param second whether it has a second convolution
     */
    static SampleBuild in(Path classes, int channels, boolean second) throws IOException {
        Shape image = Shape.of(1, 12, 12);
        Shape scores = Shape.of(channels);
        NetworkDefinition definition = net -> {
            Tensor x = net.input("image")
                    .conv2d("conv1", channels, kernel(3).pad(1).bias())
                    .relu("relu1");
            Tensor y = second ? x.conv2d("conv2", channels, kernel(3).pad(1)).relu("relu2") : x;
            net.output("scores", y.globalAvgPool("pool").flatten("flat"));
        };
        ImageFormat format = new ImageFormat(ChannelOrder.GRAY, 1 / 255f, List.of(0f), List.of(1f));
        Compilation compilation = OctetCompiler.compile(
                new CompileRequest(
                        NETWORK,
                        List.of(new Port("image", image, Optional.of(format))),
                        List.of(new Port("scores", scores, Optional.empty())),
                        List.of(Target.SM_61, Target.SM_80),
                        4,
                        Tracer.trace(
                                definition,
                                List.of(new PortShape("image", image.dims())),
                                List.of(new PortShape("scores", scores.dims())))),
                new CudaWriter(),
                (pass, text) -> {});
        SampleBuild build = new SampleBuild(classes, compilation.plan());
        build.write(
                ResourcePaths.plan(NETWORK), new String(PlanText.write(compilation.plan()), StandardCharsets.UTF_8));
        for (Compilation.KernelSource kernel : compilation.kernels()) {
            build.write(ResourcePaths.kernel(kernel.target(), kernel.hash(), "cu"), kernel.text());
        }
        return build;
    }

    Path classes() {
        return classes;
    }

    Plan plan() {
        return plan;
    }

    Path file(String resource) {
        return classes.resolve(resource);
    }

    /** CUDA source of the second kernel of a target. */
    Path source(Target target) {
        String hash = plan.programs().stream()
                .filter(program -> program.target() == target)
                .findFirst()
                .orElseThrow()
                .steps()
                .get(1)
                .kernel()
                .hash();
        return file(ResourcePaths.kernel(target, hash, "cu"));
    }

    SampleBuild write(String resource, String text) throws IOException {
        Files.createDirectories(file(resource).getParent());
        Files.writeString(file(resource), text);
        return this;
    }

    /** Writes a calibration table in which one value has the given range. */
    SampleBuild writeTable(float range) throws IOException {
        CalibrationTable table = new CalibrationTable(
                NETWORK, hash(), "0".repeat(64), "naive", 9, new TreeMap<>(Map.of("image", 1f, "relu1", range)));
        return write(ResourcePaths.calibration(NETWORK), table.write());
    }

    /** Writes quantised weights of a layer whose integers are all the same. */
    SampleBuild writeWeights(int integer) throws IOException {
        byte[] integers = new byte[9];
        Arrays.fill(integers, (byte) integer);
        QuantizedLayer layer = new QuantizedLayer("conv1", 1, 9, 1, integers, new float[] {1}, new float[] {0});
        Path file = file(ResourcePaths.weights(NETWORK));
        Files.write(file, new WeightsFile(hash(), "0".repeat(64), new TreeMap<>(Map.of("conv1", layer))).write());
        return this;
    }

    private String hash() {
        return GraphText.topologyHash(plan.fp32());
    }
}
