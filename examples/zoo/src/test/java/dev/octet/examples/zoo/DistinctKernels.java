package dev.octet.examples.zoo;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A choice of a network's kernels that shows what templates wrote: in order of launch, the newest target first, those of
 * which a twentieth of the lines stands in none before. Lines that differ in numbers alone are the same, and comments do
 * not count.
 */
final class DistinctKernels {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Of fewer unseen lines than one of so many, the golden files would be many that hardly differ. */
    private static final int SHARE = 20;

    private final Plan plan;
    private final Path classes;
    private final Set<String> shown = new HashSet<>();
    private final Map<String, String> chosen = new TreeMap<>();

    private DistinctKernels(Plan plan, Path classes) {
        this.plan = plan;
        this.classes = classes;
    }

    /** The sources by {@code <target>/<layer>.cu}, the layer being the first value of the first launch. */
    static Map<String, String> of(Plan plan, Path classes) throws IOException {
        DistinctKernels kernels = new DistinctKernels(plan, classes);
        List<LaunchProgram> newestFirst = plan.programs().stream()
                .sorted(Comparator.comparing(LaunchProgram::target).reversed())
                .toList();
        for (LaunchProgram program : newestFirst) {
            for (Step step : program.steps()) {
                kernels.offer(program, step);
            }
        }
        return kernels.chosen;
    }

    private void offer(LaunchProgram program, Step step) throws IOException {
        String source = Files.readString(classes.resolve(
                ResourcePaths.kernel(program.target(), step.kernel().hash(), "cu")));
        Set<String> lines = withoutNumbers(source);
        long unseen = lines.stream().filter(line -> !shown.contains(line)).count();
        if (unseen * SHARE >= lines.size()) {
            shown.addAll(lines);
            String layer = plan.int8().node(step.region().ops().get(0)).name();
            chosen.put(program.target().text() + "/" + layer + ".cu", source);
        }
    }

    private static Set<String> withoutNumbers(String source) {
        return source.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("//"))
                .map(line -> NUMBER.matcher(line).replaceAll("0"))
                .collect(Collectors.toSet());
    }
}
