package dev.octet.examples.zoo;

import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.kernel.PtxFile;
import dev.octet.plan.launch.Step;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.LinesText;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.NetworkSpec;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.toolchain.PtxBuild;
import dev.octet.toolchain.ToolchainOptions;
import dev.octet.tools.WeightsBuild;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The resources of a compiled network in a folder of their own, made step by step as a project's build makes them. */
final class ZooBuild {
    private final Path classes;
    private final ZooCompilation network;

    /** Writes the plan and the kernels' sources, as the processor does. */
    ZooBuild(Path classes, ZooCompilation network) throws IOException {
        this.classes = classes;
        this.network = network;
        write(ResourcePaths.plan(plan().network()), PlanText.write(plan()));
        Optional<Plan> floats = network.compilation().floats();
        if (floats.isPresent()) {
            write(ResourcePaths.floats(plan().network()), PlanText.write(floats.get()));
        }
        write(ResourcePaths.lines(plan().network()), utf8(LinesText.write(plan())));
        for (KernelSource source : network.compilation().kernels()) {
            write(ResourcePaths.kernel(source.target(), source.hash(), "cu"), utf8(source.text()));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = classes.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** The folder that the resources lie in. */
    Path classes() {
        return classes;
    }

    Plan plan() {
        return network.compilation().plan();
    }

    /** Compiles the kernels, as {@code octet:ptx} does. */
    PtxBuild.Result compileKernels() {
        return new PtxBuild(ToolchainOptions.fromSystem()).run(classes);
    }

    /** Quantises the weights, as {@code octet:weights} does. */
    void quantizeWeights(Path safetensors) throws IOException {
        write(ResourcePaths.weights(plan().network()), WeightsBuild.quantise(plan(), safetensors));
    }

    /** Measures ranges: the largest magnitudes over some images. */
    CalibrationTable calibrate(Path safetensors, Stream<byte[]> images) throws IOException {
        return calibrate(safetensors, RangeRule.naive(), images);
    }

    /** Measures ranges over all of some images. */
    CalibrationTable calibrate(Path safetensors, RangeRule rule, Stream<byte[]> images) throws IOException {
        return Calibrator.of(spec(), safetensors)
                .mode(rule)
                .examples(Integer.MAX_VALUE)
                .run(images);
    }

    /** Measures ranges of a network of any inputs: the largest magnitudes over some examples. */
    CalibrationTable calibrateExamples(Path safetensors, Stream<Calibrator.Example> examples) throws IOException {
        return Calibrator.of(spec(), safetensors).mode(RangeRule.naive()).runExamples(examples);
    }

    /** Adds a calibration table. */
    void add(CalibrationTable table) throws IOException {
        write(ResourcePaths.calibration(plan().network()), utf8(table.write()));
    }

    /** Replaces the quantised weights. */
    void add(WeightsFile weights) throws IOException {
        write(ResourcePaths.weights(plan().network()), weights.write());
    }

    /** What opens the network: a class whose loader finds the folder's resources and nothing else. */
    NetworkSpec spec() throws IOException {
        String file = Anchor.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Anchor.class.getClassLoader().getResourceAsStream(file)) {
            write(file, in.readAllBytes());
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            return NetworkSpec.of(plan().network(), loader.loadClass(Anchor.class.getName()));
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    /** The PTX of a kernel, once {@link #compileKernels} has made it. */
    Optional<String> ptx(Target target, Step.Kernel kernel) {
        Path file = classes.resolve(ResourcePaths.kernel(target, kernel.hash(), "ptx"));
        try {
            return PtxFile.read(Files.readAllBytes(file)).map(PtxFile::ptx);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is machine code for the devices of a compute capability, for every kernel. */
    boolean hasCubins(int machine) {
        return network.compilation().kernels().stream()
                .allMatch(kernel -> Files.isRegularFile(
                        classes.resolve(ResourcePaths.cubin(kernel.target(), kernel.hash(), machine))));
    }
}
