package dev.octet.tools.report;

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
import dev.octet.plan.io.Sha256;
import dev.octet.plan.kernel.PtxFile;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.HistogramTable;
import dev.octet.plan.table.ValueHistogram;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.LinesText;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A small network that has everything a report tells of: a residual, several inputs of an operator, a layer in FP32. */
final class ReportSample {
    static final String NETWORK = "com.acme.Sample";
    static final int BATCH = 8;
    static final String PTX = ".version 7.0\n.target sm_80\n.visible .entry k()\n{\n    mov.u32 %r1, 7;\n    ret;\n}\n";
    /** Loads from shared and local memory, products of matrices, and one that has no name. */
    static final int[] OPCODES = {0x237, 0x237, 0x237, 0x984, 0x983, 0x918, 0x1ff};

    private static final long SEED = 11;

    private final Path classes;
    private final Plan plan;
    private final Path weights;

    private ReportSample(Path classes, Plan plan, Path weights) {
        this.classes = classes;
        this.plan = plan;
        this.weights = weights;
    }

    private static void define(dev.octet.dsl.Net net) {
        Tensor x =
                net.input("image").conv2d("conv1", 8, kernel(3).pad(1).bias()).relu("relu1");
        Tensor y = x.conv2d("conv2", 8, kernel(3).pad(1)).add("sum", x).relu("relu2");
        net.output(
                "scores", y.maxPool("pool", kernel(2).stride(2)).flatten("flat").denseWithoutBias("fc", 10));
    }

    /** Compiles the network into a folder, without weights, table and PTX. */
    static ReportSample bare(Path folder) throws IOException {
        NetworkDefinition definition = ReportSample::define;
        Shape image = Shape.of(3, 8, 8);
        Shape scores = Shape.of(10);
        ImageFormat format = new ImageFormat(ChannelOrder.RGB, 1 / 255f, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        Compilation compilation = OctetCompiler.compile(
                new CompileRequest(
                        NETWORK,
                        List.of(new Port("image", image, Optional.of(format))),
                        List.of(new Port("scores", scores, Optional.empty())),
                        List.of(Target.SM_61, Target.SM_80),
                        BATCH,
                        Tracer.trace(
                                definition,
                                List.of(new PortShape("image", image.dims())),
                                List.of(new PortShape("scores", scores.dims()))),
                        Set.of("fc")),
                new CudaWriter(),
                (pass, text) -> {});
        ReportSample sample =
                new ReportSample(folder.resolve("classes"), compilation.plan(), folder.resolve("sample.safetensors"));
        sample.write(ResourcePaths.plan(NETWORK), PlanText.write(compilation.plan()));
        sample.write(ResourcePaths.lines(NETWORK), utf8(LinesText.write(compilation.plan())));
        for (Compilation.KernelSource kernel : compilation.kernels()) {
            sample.write(ResourcePaths.kernel(kernel.target(), kernel.hash(), "cu"), utf8(kernel.text()));
        }
        return sample;
    }

    /** Compiles the network with everything. */
    static ReportSample in(Path folder) throws IOException {
        ReportSample sample = bare(folder);
        sample.writeWeights("a trained one");
        sample.write(
                ResourcePaths.weights(NETWORK),
                WeightsFile.of(sample.plan, Safetensors.open(sample.weights)).write());
        sample.writeTable();
        sample.plan
                .programs()
                .forEach(program -> program.steps().forEach(step -> {
                    String hash = step.kernel().hash();
                    try {
                        sample.write(
                                ResourcePaths.kernel(program.target(), hash, "ptx"),
                                new PtxFile(Sha256.hex(hash), Sha256.hex(hash), PTX).write());
                        sample.write(
                                ResourcePaths.cubin(program.target(), hash, 80),
                                SampleCubin.of(step.kernel().name(), OPCODES));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        return sample;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void write(String resource, byte[] bytes) throws IOException {
        Path file = classes.resolve(resource);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private void writeTable() throws IOException {
        SortedMap<String, Float> ranges = new TreeMap<>();
        plan.fp32().nodes().forEach(node -> ranges.put(node.name(), 1.5f));
        CalibrationTable table = new CalibrationTable(
                NETWORK,
                GraphText.topologyHash(plan.fp32()),
                Safetensors.open(weights).sha256(),
                "naive",
                9,
                ranges);
        write(ResourcePaths.calibration(NETWORK), utf8(table.write()));
    }

    /** Writes random weights; the file says of itself where they come from, in JSON. */
    void writeWeights(String source) throws IOException {
        String[] names = {"conv1.weight", "conv1.bias", "conv2.weight", "fc.weight"};
        String[] shapes = {"8,3,3,3", "8", "8,8,3,3", "10,128"};
        int[] sizes = {216, 8, 576, 1280};
        StringBuilder json = new StringBuilder("{\"__metadata__\":{\"source\":\"" + source + "\"}");
        int at = 0;
        for (int i = 0; i < names.length; i++) {
            int end = at + sizes[i] * Float.BYTES;
            json.append(",\"" + names[i] + "\":{\"dtype\":\"F32\",\"shape\":[" + shapes[i] + "],\"data_offsets\":[" + at
                    + "," + end + "]}");
            at = end;
        }
        byte[] header = utf8(json.append('}').toString());
        ByteBuffer out = ByteBuffer.allocate(8 + header.length + at).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(header.length).put(header);
        Random random = new Random(SEED);
        while (out.hasRemaining()) {
            out.putFloat(random.nextFloat() - 0.5f);
        }
        Files.write(weights, out.array());
    }

    /** Writes a profile of a GPU in which every step took the same time. */
    Path writeProfile(String micros) throws IOException {
        return writeProfile("sm_80", BATCH, "a GPU", micros);
    }

    /** Writes a profile of some images in which every step took the same time, and a run twenty times as long. */
    Path writeProfile(String target, int batch, String device, String micros) throws IOException {
        StringBuilder text = new StringBuilder("octet-profile 1.1\nnetwork " + NETWORK + "\ntarget " + target
                + "\nbatch " + batch + "\ndevice " + device + "\nrun " + 20 * Double.parseDouble(micros) + "\n");
        plan.int8().nodes().forEach(node -> text.append(node.name() + " " + micros + "\n"));
        Path file = weights.resolveSibling(target + ".profile");
        Files.writeString(file, text);
        return file;
    }

    /** Writes histograms: of the image what is never negative, of the rest what is; entropy cuts 2 of 100 values. */
    Path writeHistograms() throws IOException {
        SortedMap<String, ValueHistogram> values = new TreeMap<>();
        List<Long> counts = List.of(50L, 30L, 18L, 2L);
        plan.fp32()
                .nodes()
                .forEach(node -> values.put(
                        node.name(),
                        new ValueHistogram(
                                127,
                                List.of(1.5f, 1.8f, 1.9f),
                                1.9f,
                                0.5f,
                                counts,
                                node.name().equals("image") ? List.of(0L, 0L, 0L, 0L) : List.of(20L, 10L, 9L, 1L))));
        HistogramTable table = new HistogramTable(
                NETWORK,
                GraphText.topologyHash(plan.fp32()),
                weightsHash(),
                9,
                List.of("entropy", "mse", "naive"),
                values);
        return Files.writeString(weights.resolveSibling("sample.histograms"), table.write());
    }

    /** Weights that the table is of, though others may have been written since. */
    private String weightsHash() throws IOException {
        String table = Files.readString(classes.resolve(ResourcePaths.calibration(NETWORK)));
        return CalibrationTable.read(table, "the table").weightsHash();
    }

    /** Writes what an evaluation found, with the same noise in every value. */
    Path writeEvaluation() throws IOException {
        String layers = plan.int8().nodes().stream()
                .map(
                        node -> "{\"value\": \"" + node.name()
                                + "\", \"operator\": \"Relu\", \"fp32\": false, \"snr\": 31.5, \"cosine\": 0.99965, \"biasShare\": 0.1}")
                .collect(Collectors.joining(",\n"));
        return Files.writeString(weights.resolveSibling("evaluation.json"), """
                {
                  "format": "octet-evaluation 1.0",
                  "network": "%s",
                  "images": 1000,
                  "fp32": {"device": "cpu", "top1": 0.912, "agreement": 1.0, "imagesPerSecond": 310.5},
                  "int8": {"device": "cpu", "top1": 0.909, "agreement": 0.995, "imagesPerSecond": 1021.0},
                  "difference": {"top1": -0.003, "low": -0.006, "high": 0.0001},
                  "layers": [%s]
                }
                """.formatted(NETWORK, layers));
    }

    Plan plan() {
        return plan;
    }

    Path classes() {
        return classes;
    }

    /** A request for everything there is. */
    ReportRequest request() throws IOException {
        ReportRequest bare = ReportRequest.of(classes, NETWORK);
        return new ReportRequest(
                bare.build(),
                NETWORK,
                bare.target(),
                bare.batch(),
                bare.gpu(),
                Optional.of(weights),
                new MeasuredFiles(
                        Optional.of(writeHistograms()),
                        Optional.of(writeEvaluation()),
                        Optional.of(writeProfile("2.5"))),
                List.of(Path.of("src", "test", "java")));
    }
}
