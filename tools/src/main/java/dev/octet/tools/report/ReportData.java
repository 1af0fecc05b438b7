package dev.octet.tools.report;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.HistogramTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.LinesText;
import dev.octet.plan.text.MeasuredText;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.tools.InputFile;
import dev.octet.tools.ToolsCode;
import dev.octet.tools.diff.BuildFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything that a report tells of.
 *
 * @param plan the plan
 * @param program the launch program that is shown
 * @param uncompiled targets of which a kernel has neither PTX nor machine code
 * @param batch images of a run
 * @param gpu GPU whose figures are assumed
 * @param table calibrated ranges
 * @param weights quantised weights
 * @param lines where the definition makes values
 * @param quotes texts of those lines, by value
 * @param measured names of the kernels whose schedules measured times chose
 * @param kernels the program's kernels by hash, in order of their first launch
 * @param floatWeights the file that the weights come from
 * @param profiles measured times
 * @param histograms what calibration saw of this network's values
 * @param anyEvaluation what an evaluation found, perhaps of another network
 */
record ReportData(
        Plan plan,
        LaunchProgram program,
        SortedSet<Target> uncompiled,
        int batch,
        Gpu gpu,
        Optional<CalibrationTable> table,
        Optional<WeightsFile> weights,
        SortedMap<String, SourceLine> lines,
        SortedMap<String, String> quotes,
        SortedSet<String> measured,
        Map<String, KernelFiles> kernels,
        Optional<Safetensors> floatWeights,
        Profiles profiles,
        Optional<HistogramTable> histograms,
        Optional<EvaluationFile> anyEvaluation) {
    private static final int MAX_TEXT = 64 << 20;
    private static final int MAX_WEIGHTS = Integer.MAX_VALUE - 8;

    /**
     * Reads a build.
     *
     * @throws OctetException if the network or a program for it is missing, or a file is damaged
     */
    static ReportData read(ReportRequest request) {
        try (BuildFiles files = BuildFiles.open(request.build())) {
            String network = request.network();
            String planPath = ResourcePaths.plan(network);
            Plan plan = files.read(planPath, MAX_TEXT)
                    .map(bytes -> PlanText.read(bytes, files.display(planPath)))
                    .orElseThrow(
                            () -> new OctetException(ToolsCode.NO_NETWORK, network, request.build(), names(files)));
            Profiles profiles = Profiles.read(request.measured().profiles());
            int batch = request.batch().orElseGet(() -> profiles.batch(plan));
            SortedSet<Target> uncompiled = CompiledTargets.lacking(files, plan);
            Optional<Target> target = request.target().or(() -> profiles.target(plan));
            LaunchProgram program = program(target, batch, plan, uncompiled);
            profiles.require(plan.network(), program.target(), batch);
            Map<String, KernelFiles> kernels = new LinkedHashMap<>();
            for (Step step : program.steps()) {
                kernels.computeIfAbsent(
                        step.kernel().hash(), hash -> KernelFiles.read(files, program.target(), step.kernel()));
            }
            String weights = ResourcePaths.weights(network);
            SortedMap<String, SourceLine> lines =
                    text(files, ResourcePaths.lines(network), LinesText::read).orElseGet(TreeMap::new);
            return new ReportData(
                    plan,
                    program,
                    uncompiled,
                    batch,
                    request.gpu().orElseGet(() -> Gpu.of(program.target())),
                    text(files, ResourcePaths.calibration(network), CalibrationTable::read),
                    files.read(weights, MAX_WEIGHTS).map(bytes -> WeightsFile.read(bytes, files.display(weights))),
                    lines,
                    quotes(files, request, lines),
                    text(files, ResourcePaths.measured(network), MeasuredText::read)
                            .orElseGet(TreeSet::new),
                    kernels,
                    request.weights().map(Safetensors::open),
                    profiles,
                    request.measured().histograms().map(ReportData::histograms),
                    request.measured().evaluation().map(EvaluationFile::read));
        }
    }

    private static HistogramTable histograms(Path file) {
        return HistogramTable.read(InputFile.text(file), file.toString());
    }

    /** What an evaluation of this network found. */
    Optional<EvaluationFile> evaluation() {
        return anyEvaluation.filter(found -> found.network().equals(plan.network()));
    }

    /** The network of an evaluation that is of another one. */
    Optional<String> evaluationOf() {
        return anyEvaluation.map(EvaluationFile::network).filter(name -> !name.equals(plan.network()));
    }

    /** The histograms, if they are of this network, its graph, and the weights that the table is of. */
    Optional<HistogramTable> ownHistograms() {
        return histograms.filter(found -> found.network().equals(plan.network())
                && found.graphHash().equals(GraphText.topologyHash(plan.fp32()))
                && table.map(CalibrationTable::weightsHash)
                        .map(found.weightsHash()::equals)
                        .orElse(true));
    }

    private static SortedMap<String, String> quotes(
            BuildFiles files, ReportRequest request, SortedMap<String, SourceLine> lines) {
        String compiled = text(files, ResourcePaths.sources(request.network()), (text, name) -> text)
                .orElse("");
        Quotes quotes = new Quotes(request.sources(), compiled);
        SortedMap<String, String> texts = new TreeMap<>();
        lines.forEach((value, line) -> quotes.quote(line).ifPresent(text -> texts.put(value, text)));
        return texts;
    }

    /** Makes something of a text and of its file's name. */
    private interface Reader<T> {
        T read(String text, String name);
    }

    private static <T> Optional<T> text(BuildFiles files, String path, Reader<T> reader) {
        return files.read(path, MAX_TEXT)
                .map(bytes -> reader.read(new String(bytes, StandardCharsets.UTF_8), files.display(path)));
    }

    private static String names(BuildFiles files) {
        String names = files.names(ResourcePaths.ROOT).stream()
                .filter(name -> files.read(ResourcePaths.plan(name), MAX_TEXT).isPresent())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** Unless one is asked for, the latest that was compiled, if any was. */
    private static LaunchProgram program(Optional<Target> target, int batch, Plan plan, Set<Target> uncompiled) {
        return plan.programs().stream()
                .filter(program -> target.map(program.target()::equals).orElse(true))
                .filter(program -> program.minBatch() <= batch && batch <= program.maxBatch())
                .max(Comparator.comparing((LaunchProgram program) -> !uncompiled.contains(program.target()))
                        .thenComparing(LaunchProgram::target))
                .orElseThrow(() -> new OctetException(
                        ReportCode.NO_PROGRAM,
                        plan.network(),
                        target.map(Target::text).orElse("any target"),
                        batch,
                        programs(plan)));
    }

    private static String programs(Plan plan) {
        String programs = plan.programs().stream()
                .map(p -> p.target().text() + " for batches of " + p.minBatch() + " to " + p.maxBatch())
                .collect(Collectors.joining(", "));
        return programs.isEmpty() ? "none" : programs;
    }
}
