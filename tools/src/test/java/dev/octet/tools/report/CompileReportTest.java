package dev.octet.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.compiler.schedule.TuningCoverage;
import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import dev.octet.plan.text.MeasuredText;
import dev.octet.plan.text.PlanText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileReportTest {
    @TempDir
    private Path folder;

    private static String html(ReportRequest request) {
        return new String(CompileReport.html(request), StandardCharsets.UTF_8);
    }

    @Test
    void equalBuildsHaveEqualReports() throws IOException {
        ReportSample one = ReportSample.in(folder.resolve("one"));
        ReportSample other = ReportSample.in(folder.resolve("other"));
        Locale locale = Locale.getDefault();
        byte[] expected = CompileReport.html(one.request());
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(CompileReport.html(other.request())).isEqualTo(expected);
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void tellsOfEveryOperatorAndKernel() throws IOException {
        ReportSample sample = ReportSample.in(folder);
        String html = html(sample.request());
        sample.plan().int8().nodes().forEach(node -> assertThat(html).contains("id=\"" + Layer.id(node) + "\""));
        sample.plan().fp32().nodes().forEach(node -> assertThat(html).contains("id=\"" + Layer.floatId(node) + "\""));
        sample.plan().programs().stream()
                .filter(program -> program.target() == Target.SM_80)
                .flatMap(program -> program.steps().stream())
                .forEach(step -> assertThat(html).contains("id=\"" + KernelSection.id(step.kernel()) + "\""));
        assertThat(html)
                .contains(SampleCubin.REGISTERS + " registers, 3.00 KiB shared memory")
                .contains("1 operator stays in FP32")
                .contains("keep registers in local memory")
                .contains(">IMMA<", ">0x1ff<")
                .doesNotContain(">NOP<");
    }

    @Test
    void leavesOutWhatIsNotThereAndSaysWhatToDo() throws IOException {
        String html = html(ReportRequest.of(ReportSample.bare(folder).classes(), ReportSample.NETWORK));
        assertThat(html)
                .contains("There is no calibration table", "octet:calibrate")
                .contains("There are no quantised weights", "octet:weights")
                .contains("kernels have no PTX", "octet:ptx")
                .doesNotContain("are not compiled")
                .doesNotContain("Measured")
                .doesNotContain("Machine code for")
                .doesNotContain("class=\"plot\"");
    }

    @Test
    void warnsOfATargetThatWasNotCompiledAndShowsTheNext() throws IOException {
        ReportSample sample = ReportSample.in(folder);
        ReportRequest request = ReportRequest.of(sample.classes(), ReportSample.NETWORK);
        assertThat(html(request)).doesNotContain("are not compiled").contains("_sm80");
        Step.Kernel last = sample.plan().programs().get(1).steps().get(1).kernel();
        Files.delete(sample.classes().resolve(ResourcePaths.kernel(Target.SM_80, last.hash(), "ptx")));
        assertThat(html(request)).as("machine code is enough").doesNotContain("are not compiled");
        Files.delete(sample.classes().resolve(ResourcePaths.cubin(Target.SM_80, last.hash(), 80)));
        assertThat(html(request))
                .contains(
                        "The kernels for sm_80 are not compiled",
                        "GPUs of compute capability 8.0 run those for sm_61 instead, which takes longer.",
                        "Run octet:ptx with CUDA 11.0 or newer, or take SM_80 out of @QuantizedNetwork.")
                .contains("_sm61")
                .doesNotContain("_sm80", "have no PTX");
    }

    /** The sample's three layers and its pooling have kernels; a pooling has one schedule. */
    @Test
    void warnsOfSchedulesThatNobodyMeasured() throws IOException {
        ReportSample sample = ReportSample.bare(folder);
        ReportRequest request = ReportRequest.of(sample.classes(), ReportSample.NETWORK);
        LaunchProgram program = sample.plan().programs().stream()
                .filter(one -> one.target() == Target.SM_80)
                .findFirst()
                .orElseThrow();
        SortedSet<String> choices =
                new TreeSet<>(TuningCoverage.choices(sample.plan(), program).values());
        assertThat(choices).hasSizeGreaterThan(1);
        assertThat(html(request))
                .contains(
                        "The schedules of " + choices.size() + " kernels are estimated",
                        "octet:tune",
                        "-Aoctet.tuning");
        String last = choices.last();
        sample.write(
                ResourcePaths.measured(ReportSample.NETWORK),
                MeasuredText.write(choices.headSet(last)).getBytes(StandardCharsets.UTF_8));
        assertThat(html(request)).contains("The schedule of 1 kernel is estimated");
        sample.write(
                ResourcePaths.measured(ReportSample.NETWORK),
                MeasuredText.write(choices).getBytes(StandardCharsets.UTF_8));
        assertThat(html(request)).doesNotContain("octet:tune");
        sample.write(ResourcePaths.measured(ReportSample.NETWORK), new byte[0]);
        assertThat(html(new ReportRequest(
                        request.build(),
                        request.network(),
                        Optional.of(Target.SM_61),
                        request.batch(),
                        request.gpu(),
                        request.weights(),
                        request.measured(),
                        request.sources())))
                .doesNotContain("octet:tune");
    }

    /** A kernel of the first two operators, which nobody writes. */
    @Test
    void saysWhenAPlanIsNotOfThisVersion() throws IOException {
        ReportSample sample = ReportSample.bare(folder);
        Plan plan = sample.plan();
        LaunchProgram program = plan.programs().get(1);
        List<Step> steps = new ArrayList<>(program.steps());
        Step second = steps.get(1);
        Region first = steps.get(0).region();
        Region both = new Region(
                List.of(first.ops().get(0), second.region().ops().get(0)),
                first.inputs(),
                second.region().outputs());
        steps.set(
                1,
                new Step(
                        both,
                        second.kernel(),
                        second.geometry(),
                        second.arguments(),
                        second.tensorMaps(),
                        second.workspace()));
        LaunchProgram changed = new LaunchProgram(
                program.target(),
                program.minBatch(),
                program.maxBatch(),
                program.buffers(),
                program.arenaBytesPerImage(),
                steps);
        sample.write(
                ResourcePaths.plan(ReportSample.NETWORK),
                PlanText.write(new Plan(
                        plan.network(),
                        plan.maxBatch(),
                        plan.inputs(),
                        plan.outputs(),
                        plan.fp32(),
                        plan.int8(),
                        List.of(changed))));
        assertThat(html(ReportRequest.of(sample.classes(), ReportSample.NETWORK)))
                .contains("Which schedules are estimated is not known")
                .doesNotContain("octet:tune");
    }

    @Test
    void quotesTheDefinitionOnlyIfItIsTheOneCompiled() throws IOException {
        ReportSample sample = ReportSample.in(folder);
        String path = "dev/octet/tools/report/ReportSample.java";
        Path source = Path.of("src/test/java").resolve(path);
        String line = ".conv2d(&quot;conv2&quot;";
        assertThat(html(sample.request())).contains("ReportSample.java:").doesNotContain(line);
        String digest = dev.octet.plan.io.Sha256.hex(Files.readAllBytes(source));
        sample.write(ResourcePaths.sources(ReportSample.NETWORK), (digest + " " + path + "\n").getBytes());
        assertThat(html(sample.request())).contains(line);
        sample.write(ResourcePaths.sources(ReportSample.NETWORK), ("0".repeat(64) + " " + path + "\n").getBytes());
        assertThat(html(sample.request())).doesNotContain(line);
    }

    @Test
    void saysThatAFileIsDamaged() throws IOException {
        ReportSample sample = ReportSample.in(folder);
        String hash = sample.plan().programs().get(1).steps().get(1).kernel().hash();
        Path ptx = sample.classes().resolve(ResourcePaths.kernel(Target.SM_80, hash, "ptx"));
        Files.writeString(ptx, Files.readString(ptx).replace("mov", "add"));
        assertThat(html(sample.request())).contains("1 of ").contains("have damaged files");
    }

    @Test
    void saysThatATableIsOfOtherWeights() throws IOException {
        ReportSample sample = ReportSample.in(folder);
        Path table = sample.classes().resolve(ResourcePaths.calibration(ReportSample.NETWORK));
        Files.writeString(table, Files.readString(table).replaceFirst("weights \\w", "weights 0"));
        Path other = sample.classes().resolve(ResourcePaths.calibration(ReportSample.NETWORK));
        assertThat(Files.readString(other)).contains("weights 0");
        assertThat(html(sample.request()))
                .contains("The calibration table does not belong to this build", "OCTET-TABLE-005");
    }

    @Test
    void whatAFileSaysIsText() throws IOException {
        ReportSample sample = ReportSample.in(folder);
        sample.writeWeights("<script>alert(1)</script><img src=x onerror='alert(2)'> & \\u0007");
        assertThat(html(sample.request()))
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(2)&#39;&gt; &amp; \ufffd")
                .doesNotContain("<script>alert", "<img");
    }

    @Test
    void isOfTheTargetAndBatchAskedFor() throws IOException {
        ReportSample sample = ReportSample.in(folder);
        ReportRequest request = new ReportRequest(
                sample.classes(),
                ReportSample.NETWORK,
                Optional.of(Target.SM_61),
                OptionalInt.of(2),
                Optional.of(Gpu.T4),
                Optional.empty(),
                MeasuredFiles.none(),
                List.of());
        assertThat(html(request)).contains("compiled for sm_61", "Floor, batch 2", "Tesla T4", "dp4a, tiles");
    }

    @Test
    void showsWhatCalibrationAndEvaluationFound() throws IOException {
        ReportSample sample = ReportSample.in(folder);
        assertThat(html(sample.request()))
                .contains(
                        "Values seen in calibration", ">entropy</text>", ">naive</text>", "cuts nothing", "cuts 2.0 %")
                .contains("Signal to noise ratio of INT8", "31.5 dB, cosine 0.99965")
                .contains("Measured on 1,000 images.", "-0.30 points", "91.20 %", "90.90 %")
                .doesNotContain("Not measured", "cuts 0.0 %");
    }

    @Test
    void namesTheCommandsOfWhatIsNotMeasuredOnce() throws IOException {
        String html = html(ReportRequest.of(ReportSample.bare(folder).classes(), ReportSample.NETWORK));
        assertThat(html).containsOnlyOnce("octet:evaluate").containsOnlyOnce("-Doctet.histograms=true");
    }

    /** An evaluation writes null for what is not finite. */
    @Test
    void saysThatAValueIsNotFinite() throws IOException {
        ReportRequest request = ReportSample.in(folder).request();
        Path file = request.measured().evaluation().orElseThrow();
        Files.writeString(file, Files.readString(file).replace("31.5", "null").replace("1021.0", "null"));
        assertThat(html(request)).contains("no ratio: an element is not finite").doesNotContain("NaN");
    }

    @Test
    void showsNothingOfOthersMeasurements() throws IOException {
        ReportSample sample = ReportSample.in(folder);
        ReportRequest request = sample.request();
        for (Path file : List.of(
                request.measured().histograms().orElseThrow(),
                request.measured().evaluation().orElseThrow())) {
            Files.writeString(file, Files.readString(file).replace(ReportSample.NETWORK, "com.acme.Other"));
        }
        assertThat(html(request))
                .contains("The histograms do not belong to this build", "is of com.acme.Other")
                .doesNotContain("Values seen in calibration", "Signal to noise ratio of INT8", "Measured on");
    }

    private ReportRequest measured(ReportSample sample, Path... profiles) {
        return new ReportRequest(
                sample.classes(),
                ReportSample.NETWORK,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                new MeasuredFiles(Optional.empty(), Optional.empty(), List.of(profiles)),
                List.of());
    }

    @Test
    void showsTimesOfTheCpuAsThoseOfTheCpu() throws IOException {
        ReportSample sample = ReportSample.bare(folder);
        Path cpu = sample.writeProfile("cpu", ReportSample.BATCH, "cpu, a processor", "40");
        assertThat(html(measured(sample, cpu)))
                .contains(">Measured, CPU<", ">Share of time, CPU<", ">cpu, a processor<", ">40.0 µs<")
                .contains("compiled for sm_80", ">800 µs<", ">10,000<")
                .doesNotContain("times the floor<", "Measured, GPU");
    }

    @Test
    void showsTimesOfSeveralDevicesSideBySide() throws IOException {
        ReportSample sample = ReportSample.bare(folder);
        Path cpu = sample.writeProfile("cpu", 2, "cpu, a processor", "40");
        Path gpu = sample.writeProfile("sm_61", 2, "a GPU", "2.5");
        assertThat(html(measured(sample, cpu, gpu)))
                .as("of the target and the batch that were measured")
                .contains("compiled for sm_61", "runs of 2 images", "Floor, batch 2")
                .contains(">Share of time, GPU<", ">2.50 µs<", ">40.0 µs<", " times the floor<", ">50.0 µs<")
                .containsSubsequence(">Measured, GPU<", ">Measured, CPU<");
        assertThat(html(measured(sample, gpu, gpu))).contains(">Measured, GPU 1<", ">Measured, GPU 2<");
    }

    @Test
    void saysHowManyStepsWereNotMeasured() throws IOException {
        ReportSample sample = ReportSample.bare(folder);
        Path cpu = sample.writeProfile("cpu", ReportSample.BATCH, "cpu", "40");
        Files.writeString(
                cpu,
                Files.readString(cpu)
                        .replace("profile 1.1", "profile 1.0")
                        .replaceFirst("run .*\n", "")
                        .replaceFirst("(?m)^relu2 .*\n", ""));
        assertThat(html(measured(sample, cpu))).contains(", without 1 not measured<");
    }

    @Test
    void refusesTimesOfAnotherBatch() throws IOException {
        ReportSample sample = ReportSample.bare(folder);
        Path cpu = sample.writeProfile("cpu", 2, "cpu", "40");
        Path gpu = sample.writeProfile("sm_80", 4, "a GPU", "2.5");
        assertThatThrownBy(() -> html(measured(sample, gpu, cpu)))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-REPORT-004")
                .hasMessageContaining(ReportSample.NETWORK + ", cpu, batch 2")
                .hasMessageContaining(ReportSample.NETWORK + ", cpu, batch 4");
    }

    @Test
    void needsANetwork() throws IOException {
        ReportSample sample = ReportSample.bare(folder);
        assertThatThrownBy(() -> CompileReport.html(ReportRequest.of(sample.classes(), "com.acme.Other")))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-005")
                .hasMessageContaining(ReportSample.NETWORK);
    }
}
