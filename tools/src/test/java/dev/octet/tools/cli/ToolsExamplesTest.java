package dev.octet.tools.cli;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.io.Sha256;
import dev.octet.testkit.DiagnosticExamples;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.PrecisionCheck;
import dev.octet.tools.SampleModule;
import dev.octet.tools.SourceCheck;
import dev.octet.tools.Thresholds;
import dev.octet.tools.ToolsCode;
import dev.octet.tools.images.Selection;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ToolsExamplesTest {
    /** Only Maven's goals report these; the plugin has their examples. */
    private static final Set<ToolsCode> OF_GOALS = Set.of(
            ToolsCode.UNKNOWN_PROPERTY,
            ToolsCode.NO_TABLE,
            ToolsCode.NOT_FOR_JAVAC,
            ToolsCode.DIFFERENT,
            ToolsCode.MISSING_PROPERTY,
            ToolsCode.FORK_ENDED);

    @TempDir
    private Path folder;

    private SampleModule sample() throws IOException {
        return SampleModule.in(Files.createTempDirectory(folder, "module"));
    }

    private static String quantise(SampleModule module) {
        return Command.on(module, "weights").failure();
    }

    private static String calibrate(SampleModule module, Path images, String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(
                new String[] {"calibrate", SampleModule.NETWORK, "--images", images.toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Command.on(module, arguments).failure();
    }

    private Path images(int bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "images", ".u8"), new byte[bytes]);
    }

    private SampleModule withTwoOutputs() throws IOException {
        NetworkDefinition definition = net -> {
            var features = net.input("image").conv2d("conv", 2, kernel(1)).relu();
            net.output("first", features);
            net.output("second", features.globalAvgPool());
        };
        Path root = Files.createTempDirectory(folder, "module");
        SampleModule module = SampleModule.of(
                root, definition, Shape.of(1, 2, 2), Map.of("first", Shape.of(2, 2, 2), "second", Shape.of(2, 1, 1)));
        module.writeWeights("{}");
        return module;
    }

    private SampleModule withFloatInput() throws IOException {
        SampleModule module = sample();
        String plan = Files.readString(module.network().planFile());
        // The plan of an image network, as the compiler would write it for floats.
        String changed = plan.replaceFirst(" pixels [^\n]*", "")
                .replace("image : u8[1,6,7]", "image : f32[1,6,7]")
                .replace("buffer %0 u8[1,6,7]", "buffer %0 f32[1,6,7]")
                .replaceAll("(buffer %0 f32\\[1,6,7] offset \\d+ bytes) 42", "$1 168");
        Files.writeString(module.network().planFile(), changed);
        return module;
    }

    private Path enormous() throws IOException {
        Path file = images(0);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 32);
        }
        return file;
    }

    private void changeASource() throws IOException {
        SampleModule module = sample();
        Path sources = Files.createTempDirectory(folder, "java");
        Files.writeString(sources.resolve("Helper.java"), "class Helper { int pad = 2; }");
        String compiled = Sha256.hex("class Helper { int pad = 1; }") + " Helper.java\n";
        Files.writeString(module.network().planFile().resolveSibling("sources"), compiled);
        SourceCheck.check(module.network(), List.of(sources));
    }

    private void changeThePrecision() throws IOException {
        SampleModule module = sample();
        Path sources = Files.createTempDirectory(folder, "octet");
        Files.writeString(module.network().planFile().resolveSibling("precision"), "");
        Files.writeString(PrecisionCheck.source(sources, module.network().name()), "octet-precision 1.0\n");
        PrecisionCheck.check(module.network(), sources);
    }

    private void oneOfTwo() throws IOException {
        BuiltNetwork one = sample().network();
        BuiltNetwork other = new BuiltNetwork(one.classes(), "com.acme.Other");
        Files.createDirectories(other.planFile().getParent());
        Files.copy(one.planFile(), other.planFile());
        BuiltNetwork.only(one.classes());
    }

    private String layers(String define) throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        runs.module().compileDefinition(define);
        return Command.on(
                        runs.module(),
                        "layers",
                        SampleModule.NETWORK,
                        "--images",
                        runs.images().toString())
                .failure();
    }

    private static String correct(SampleRuns runs, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "correct", SampleModule.NETWORK, "--images", runs.images().toString()));
        arguments.addAll(List.of(more));
        return Command.on(runs.module(), arguments.toArray(String[]::new)).failure();
    }

    private static String evaluate(SampleRuns runs, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "evaluate",
                SampleModule.NETWORK,
                "--images",
                runs.images().toString(),
                "--device",
                "cpu",
                "--calibration",
                runs.table().toString()));
        words.addAll(List.of(more));
        return Command.on(runs.module(), words.toArray(String[]::new)).failure();
    }

    private String equaliseInfinities() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        float[] numbers = new float[50];
        Arrays.fill(numbers, 3e38f);
        runs.module()
                .writeWeights(
                        "{\"conv.weight\":{\"dtype\":\"F32\",\"shape\":[5,1,3,3],\"data_offsets\":[0,180]},"
                                + "\"conv.bias\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[180,200]}}",
                        numbers);
        return correct(runs, "--equalize");
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .reported("OCTET-BUILD-001", () -> {
                    SampleModule module = sample();
                    Files.delete(module.network().planFile().resolveSibling("weights.source"));
                    return quantise(module);
                })
                .reported("OCTET-BUILD-002", () -> {
                    SampleModule module = sample();
                    Files.delete(module.weights());
                    return quantise(module);
                })
                .reported("OCTET-BUILD-003", () -> {
                    SampleModule module = sample();
                    Files.writeString(
                            module.network().planFile().resolveSibling("weights.source"), "../downloads/a.safetensors");
                    return quantise(module);
                })
                .reported("OCTET-BUILD-004", () -> calibrate(sample(), folder.resolve("absent.idx")))
                .reported(
                        "OCTET-BUILD-005",
                        () -> Command.on(sample(), "plan", "Sample").failure())
                .reported("OCTET-BUILD-006", () -> calibrate(sample(), images(31)))
                .reported(
                        "OCTET-BUILD-008",
                        () -> Command.on(
                                        sample(),
                                        "evaluate",
                                        SampleModule.NETWORK,
                                        "--images",
                                        images(SampleRuns.IMAGE_BYTES).toString(),
                                        "--labels",
                                        images(2).toString())
                                .failure())
                .reported("OCTET-BUILD-009", () -> {
                    SampleModule module = withTwoOutputs();
                    String images = images(4).toString();
                    return Command.on(module, "evaluate", SampleModule.NETWORK, "--images", images, "--labels", images)
                            .failure();
                })
                .reported(
                        "OCTET-BUILD-011",
                        () -> calibrate(sample(), images(SampleRuns.IMAGE_BYTES), "--mode", "entropie"))
                .thrown("OCTET-BUILD-012", this::oneOfTwo)
                .thrown("OCTET-BUILD-013", () -> Selection.of(0))
                .reported("OCTET-BUILD-014", () -> calibrate(sample(), enormous()))
                .reported(
                        "OCTET-BUILD-016",
                        () -> Command.run("diff", folder.resolve("nowhere").toString(), folder.toString())
                                .failure())
                .thrown("OCTET-BUILD-018", this::changeASource)
                .thrown("OCTET-BUILD-019", () -> BuiltNetwork.only(folder))
                .reported("OCTET-BUILD-021", () -> calibrate(withFloatInput(), images(4)))
                .thrown("OCTET-BUILD-022", this::changeThePrecision)
                .reported(
                        "OCTET-BUILD-030",
                        () -> calibrate(sample(), images(42), "--mode", "percentile", "--percentile", "101"))
                .reported("OCTET-BUILD-031", () -> calibrate(sample(), images(42), "--layers", "conv("))
                .reported("OCTET-BUILD-032", () -> {
                    SampleModule module = sample();
                    Path file = PrecisionCheck.source(module.sources(), SampleModule.NETWORK);
                    Files.writeString(file, "octet-precision 1.0\nnetwork com.acme.Sample\n");
                    return calibrate(module, images(42), "--exclude", "conv");
                })
                .reported("OCTET-BUILD-033", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    String file = folder.resolve("exported.cache").toString();
                    return Command.on(
                                    runs.module(),
                                    "export-cache",
                                    SampleModule.NETWORK,
                                    "--tensorrt",
                                    file,
                                    "--header",
                                    "TRT 8601")
                            .failure();
                })
                .reported(
                        "OCTET-BUILD-034",
                        () -> EqualizedRuns.in(folder)
                                .exportCache(folder.resolve("x.cache"))
                                .failure())
                .reported("OCTET-BUILD-040", () -> layers("throw new IllegalStateException(\"no such width\");"))
                .reported(
                        "OCTET-BUILD-041",
                        () -> layers("net.output(\"scores\", net.input(\"image\").conv2d(\"conv\", 5, kernel(3).bias())"
                                + ".relu().globalAvgPool().flatten());"))
                .reported("OCTET-BUILD-042", this::equaliseInfinities)
                .reported("OCTET-BUILD-043", () -> correct(SampleRuns.in(folder), "--bias", "exact"))
                .reported(
                        "OCTET-BUILD-044",
                        () -> AccuracyCommandsTest.search(SampleRuns.in(folder), "--snr", "150")
                                .failure())
                .reported(
                        "OCTET-BUILD-045",
                        () -> AccuracyCommandsTest.search(SampleRuns.in(folder), "--points", "1")
                                .failure())
                .thrown("OCTET-BUILD-050", () -> new Thresholds(Optional.of(101.0), Optional.empty(), Optional.empty()))
                .reported("OCTET-BUILD-051", () -> evaluate(SampleRuns.in(folder), "--min-top1", "50"))
                .reported("OCTET-BUILD-052", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    // No image shows what all labels say.
                    byte[] others = new byte[SampleRuns.IMAGES];
                    Arrays.fill(others, (byte) 4);
                    Files.write(runs.labels(), others);
                    return evaluate(runs, "--labels", runs.labels().toString(), "--min-top1", "100");
                })
                .tests(Stream.of(ToolsCode.values())
                        .filter(code -> !OF_GOALS.contains(code))
                        .map(ToolsCode::id));
    }
}
