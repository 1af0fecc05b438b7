package dev.octet.tools.report;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.schedule.TuningCoverage;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.toolchain.CudaVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds what is missing, slow or wasted in a network. */
final class Warnings {
    /** Padding below this share of a layer's multiplications is not worth a word. */
    private static final double SHARE = 0.1;

    private final ReportData data;
    private final Layers layers;
    private final List<Warning> warnings = new ArrayList<>();

    private Warnings(ReportData data, Layers layers) {
        this.data = data;
        this.layers = layers;
    }

    /** All warnings, the gravest first. */
    static List<Warning> of(ReportData data, Layers layers) {
        Warnings warnings = new Warnings(data, layers);
        warnings.checkTable();
        warnings.checkHistograms();
        warnings.checkWeights();
        warnings.checkTargets();
        warnings.checkKernels();
        warnings.checkFloats();
        warnings.checkPadding();
        warnings.checkSchedules();
        return List.copyOf(warnings.warnings);
    }

    private void add(String title, String advice) {
        warnings.add(Warning.of(title, advice));
    }

    private void checkTable() {
        String graph = GraphText.topologyHash(data.plan().fp32());
        Optional<CalibrationTable> table = data.table();
        if (table.isEmpty()) {
            add(
                    "There is no calibration table",
                    "INT8 does not run without one, and no scale is shown here. Calibrate on a few hundred training images:"
                            + " mvn compile octet:calibrate -Doctet.images=<file>.");
            return;
        }
        String weights =
                data.weights().map(WeightsFile::weightsHash).orElse(table.get().weightsHash());
        try {
            table.get().check(data.plan().network(), graph, weights);
        } catch (OctetException e) {
            add("The calibration table does not belong to this build", e.getMessage());
        }
    }

    private void checkHistograms() {
        if (data.histograms().isPresent() && data.ownHistograms().isEmpty()) {
            add(
                    "The histograms do not belong to this build",
                    "They are of another network, graph or weights file, and are not shown. Calibrate again with"
                            + " -Doctet.histograms=true, or delete the file.");
        }
    }

    private void checkWeights() {
        if (data.weights().isEmpty()) {
            add(
                    "There are no quantised weights",
                    "The network cannot be opened, and no range of weights is shown here. Run octet:weights, or the command"
                            + " octet weights.");
        } else if (!data.weights()
                .get()
                .graphHash()
                .equals(GraphText.topologyHash(data.plan().fp32()))) {
            add("The quantised weights are of another graph", "Run octet:weights, or the command octet weights.");
        }
    }

    /** Of a network without any compiled target it is said how many kernels have no PTX. */
    private void checkTargets() {
        List<Target> compiled = data.plan().programs().stream()
                .map(LaunchProgram::target)
                .filter(target -> !data.uncompiled().contains(target))
                .toList();
        if (!compiled.isEmpty()) {
            data.uncompiled().forEach(target -> addUncompiled(target, Target.best(compiled, target.capability())));
        }
    }

    private void addUncompiled(Target target, Optional<Target> instead) {
        add(
                "The kernels for " + target.text() + " are not compiled",
                "GPUs of compute capability " + Target.capabilityText(target.capability())
                        + instead.map(next -> " run those for " + next.text() + " instead, which takes longer.")
                                .orElse(" run nothing: the CPU does.")
                        + " Run octet:ptx with CUDA " + CudaVersion.needed(target) + " or newer, or take "
                        + target.name() + " out of @QuantizedNetwork.");
    }

    private void checkKernels() {
        count("have no CUDA source", kernel -> kernel.source().isEmpty(), "Compile the module again: mvn clean.");
        count(
                "have no PTX",
                kernel -> kernel.ptx().isEmpty(),
                "No GPU runs them without it. Run octet:ptx; it says which compiler it looked for.");
        count(
                "have no machine code",
                kernel -> kernel.machines().isEmpty(),
                "The driver compiles them when the network is loaded, and neither registers nor instructions are known here."
                        + " Run octet:ptx with ptxas, or set octet.cubins.");
        count(
                "have damaged files",
                kernel -> !kernel.damaged().isEmpty(),
                "They are not shown, and the runtime refuses them. Run octet:ptx again.");
        count(
                "keep registers in local memory",
                kernel -> kernel.machines().values().stream().anyMatch(code -> code.spills() > 0),
                "This costs time; a smaller tile needs fewer registers. Report it with the kernel's name.");
    }

    private void count(String what, Predicate<KernelFiles> condition, String advice) {
        long count = data.kernels().values().stream().filter(condition).count();
        if (count > 0) {
            add(count + " of " + data.kernels().size() + " kernels " + what, advice);
        }
    }

    private void checkFloats() {
        List<Layer> floats = layers.all().stream()
                .filter(layer -> layer.node().fp32() && !(layer.node().op() instanceof Op.Dequantize))
                .toList();
        if (!floats.isEmpty()) {
            warnings.add(new Warning(
                    floats.size() + (floats.size() == 1 ? " operator stays" : " operators stay") + " in FP32",
                    "Each is slower than in INT8. Take its name out of the precision file, or keepFp32() out of the"
                            + " definition, if the accuracy allows it.",
                    floats,
                    List.of()));
        }
    }

    /** Of earlier targets no GPU has been tuned for yet, so that nothing says what that gains. */
    private void checkSchedules() {
        LaunchProgram program = data.program();
        if (program.target().capability() < Target.SM_80.capability()) {
            return;
        }
        Set<String> estimated;
        try {
            estimated =
                    new TreeSet<>(TuningCoverage.choices(data.plan(), program).values());
        } catch (CompileException | IllegalArgumentException e) {
            add(
                    "Which schedules are estimated is not known",
                    "The plan has a launch that this version of Octet would not make. Compile the module again: mvn clean.");
            return;
        }
        estimated.removeAll(data.measured());
        if (!estimated.isEmpty()) {
            String kernels = estimated.size() == 1
                    ? "schedule of 1 kernel is"
                    : "schedules of " + estimated.size() + " kernels are";
            warnings.add(new Warning(
                    "The " + kernels + " estimated",
                    "How a kernel divides its work is chosen by a model; times of your GPU may choose faster ones. Run octet:tune, or"
                            + " the command octet tune, on the machine with the GPU, and compile with -Aoctet.tuning=<its log>,"
                            + " after a clean.",
                    results(estimated),
                    List.of()));
        }
    }

    /** The operators whose values some kernels write. */
    private List<Layer> results(Set<String> kernels) {
        return layers.all().stream()
                .filter(layer -> layer.step()
                        .map(Layer.Launch::step)
                        .filter(step -> kernels.contains(step.kernel().name()))
                        .filter(step ->
                                step.region().outputs().contains(layer.node().id()))
                        .isPresent())
                .toList();
    }

    private void checkPadding() {
        long products = layers.all().stream()
                .mapToLong(layer -> layer.cost().products())
                .sum();
        long padded = layers.all().stream()
                .mapToLong(layer -> layer.cost().paddedProducts())
                .sum();
        List<Layer> wasteful = layers.all().stream()
                .filter(layer -> layer.cost().waste() >= SHARE)
                .sorted(Comparator.comparingLong((Layer layer) ->
                                layer.cost().paddedProducts() - layer.cost().products())
                        .reversed())
                .toList();
        if (!wasteful.isEmpty()) {
            warnings.add(new Warning(
                    Figures.percent(1 - (double) products / padded)
                            + " of all multiplications are of channels that pad",
                    "Channels are stored in sixteens, those of an input that only convolutions read in fours if there are no"
                            + " more. Multiples of that waste nothing.",
                    wasteful,
                    wasteful.stream()
                            .map(layer -> Figures.percent(layer.cost().waste()))
                            .toList()));
        }
    }
}
