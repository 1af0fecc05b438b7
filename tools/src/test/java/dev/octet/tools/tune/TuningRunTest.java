package dev.octet.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.TuningCoverage;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.NodeCost;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.testkit.JavaProcess;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.cli.OctetCommand;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command from a compiled module to a log that the compiler goes by, on a device whose times are made up. */
class TuningRunTest {
    private static final Target TARGET = Target.SM_80;

    @TempDir
    private Path folder;

    private BuiltNetwork network;
    private Path sources;
    private Plan plan;

    @BeforeEach
    void build() throws IOException {
        network = new BuiltNetwork(folder.resolve("classes"), TuningSample.NETWORK);
        sources = folder.resolve("octet");
        plan = TuningSample.plan(Target.SM_61, TARGET);
        write(network.planFile(), PlanText.write(plan));
        write(
                folder.resolve("devices/META-INF/services/" + DeviceProvider.class.getName()),
                TimedProvider.class.getName().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** Weights of ones: times do not depend on them. */
    private void weightsAndTable() throws IOException {
        SortedMap<String, FoldedLayer> layers = new TreeMap<>();
        String hash = "0".repeat(64);
        SortedMap<String, Float> ranges = new TreeMap<>();
        for (Node node : plan.fp32().nodes()) {
            ranges.put(node.name(), 1f);
            node.layer().ifPresent(layer -> layers.put(layer, ones(layer, node)));
        }
        write(network.weightsFile(), WeightsFile.of(plan, hash, layers).write());
        write(
                network.tableFile(),
                new CalibrationTable(plan.network(), GraphText.topologyHash(plan.fp32()), hash, "naive", 1, ranges)
                        .write()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private FoldedLayer ones(String layer, Node node) {
        int out = node.type().shape().channels();
        TensorType operand = plan.fp32().node(node.input()).type();
        int filter = Math.toIntExact(NodeCost.filter(operand, node));
        int taps = node.op() instanceof Op.Conv2d conv
                ? conv.window().taps()
                : operand.shape().pixels();
        double[] weights = new double[out * filter];
        Arrays.fill(weights, 1);
        return new FoldedLayer(layer, out, taps, filter / taps, weights, new double[out]);
    }

    private JavaProcess.Result tune(String... more) {
        List<Path> classPath = new ArrayList<>(List.of(folder.resolve("devices")));
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .forEach(classPath::add);
        List<String> words = new ArrayList<>(List.of(
                "tune",
                network.name(),
                "--classes=" + network.classes(),
                "--dir=" + sources,
                "--nvcc=" + new FakeNvcc(folder).program()));
        words.addAll(List.of(more));
        return JavaProcess.withClassPath(classPath)
                .options("-Doctet.cache=" + folder.resolve("cache"))
                .run(OctetCommand.class, words.toArray(String[]::new));
    }

    private Path log() {
        return sources.resolve("made-up-gpu.tuning");
    }

    /** Of the best device, for the latest target that it has, at the network's largest batch. */
    @Test
    void theCompilerGoesByTheLog() throws IOException {
        weightsAndTable();
        JavaProcess.Result result = tune();
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        TuningLogFile written = TuningLogFile.open(log());
        assertThat(result.out())
                .contains("com.acme.Sample: building ", " kernels for sm_80\n")
                .containsPattern("batch 8: [0-9]+ kernels, [0-9]+ times; all kernels take")
                .contains(written.lines() + " times -> " + log() + "\n")
                .contains("Compile with -Aoctet.tuning=" + log() + ", after a clean\n");
        assertThat(written.before().device(TARGET)).contains("Made-up GPU");
        assertDecides(written.before());
    }

    private void assertDecides(TuningLog log) {
        CompileRequest request = TuningSample.request(TuningSample.BATCH, Target.SM_61, TARGET);
        Plan tuned = OctetCompiler.compile(request.tuned(log), new CudaWriter(), DumpSink.NONE)
                .plan();
        LaunchProgram program = program(tuned);
        TuningCoverage coverage = TuningCoverage.of(tuned, program, log);
        assertThat(coverage.estimated()).isZero();
        assertThat(coverage.unknown()).isZero();
        assertThat(coverage.measured()).isGreaterThan(3);
        assertThat(kernels(program)).isNotEqualTo(kernels(program(plan)));
        LowerRegions lowering = new LowerRegions(tuned.int8());
        for (Step step : program.steps()) {
            KernelSpec spec = lowering.spec(step.region());
            String fastest = ScheduleSelector.candidates(spec, TARGET).stream()
                    .map(schedule -> new ScheduledKernel(spec, schedule, TARGET).name())
                    .min(Comparator.comparing(TimedProvider::micros))
                    .orElseThrow();
            assertThat(step.kernel().name()).isEqualTo(fastest);
        }
    }

    private static LaunchProgram program(Plan plan) {
        return plan.programs().stream()
                .filter(program -> program.target() == TARGET)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> kernels(LaunchProgram program) {
        return program.steps().stream().map(step -> step.kernel().name()).toList();
    }

    @Test
    void timesAreAddedToALogOfTheSameDevice() throws IOException {
        weightsAndTable();
        Path file = folder.resolve("mine.tuning");
        String before = "# by hand\ntime/1 sm_80 3 t1 1.000 other 9.0 Made-up GPU\n";
        Files.writeString(file, before);
        JavaProcess.Result result = tune("--log=" + file, "--batches=2,1", "--device=timed:0");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(file)).startsWith(before);
        assertThat(Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("time/"))
                        .map(line -> line.split(" ")[2])
                        .distinct())
                .containsExactly("3", "1", "2");
        assertThat(log()).doesNotExist();
    }

    @Test
    void batchesBeyondWhatCanBeCompiledAreRefused() throws IOException {
        weightsAndTable();
        JavaProcess.Result result = tune("--batches=1,999999999");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith(
                        "[OCTET-TUNE-006] com.acme.Sample cannot be compiled for a largest batch of 999999999: [OCTET-COMPILE-005]")
                .hasLineCount(1);
        assertThat(log()).doesNotExist();
    }

    @Test
    void whatWouldNotEndInALogIsToldBeforeAnythingIsMeasured() throws IOException {
        assertThat(tune().err()).startsWith("[OCTET-RUN-004]").hasLineCount(1);
        weightsAndTable();
        Files.delete(network.tableFile());
        assertThat(tune().err()).startsWith("[OCTET-RUN-005]").hasLineCount(1);
        assertRefused("time/1 sm_80 3 t1 1.000 other 9.0 Another GPU\n", "OCTET-TUNE-002");
        assertRefused("time/1 sm_80 3 t1 1.0", "OCTET-TUNE-001");
        assertThat(folder.resolve("cache")).as("nothing was compiled").doesNotExist();
    }

    private void assertRefused(String log, String code) throws IOException {
        Files.createDirectories(sources);
        Files.writeString(log(), log);
        JavaProcess.Result result = tune();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("[" + code + "]")
                .contains(log().toString())
                .hasLineCount(1);
        assertThat(log()).hasContent(log);
    }
}
