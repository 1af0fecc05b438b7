package dev.octet.tools.report;

import dev.octet.plan.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a report is to be about. Everything but the build is optional, and what is not given is not in the report.
 *
 * @param build classes folder or jar
 * @param network binary name of the definition
 * @param target GPU family; the latest of the plan if empty
 * @param batch images of a run for which times are estimated; the largest of the plan if empty
 * @param gpu GPU whose figures are assumed; one of the target's own compute capability if empty
 * @param weights the float weights, for what their file says about itself
 * @param measured files of what was measured
 * @param sources source folders, to quote the lines of the definition
 */
public record ReportRequest(
        Path build,
        String network,
        Optional<Target> target,
        OptionalInt batch,
        Optional<Gpu> gpu,
        Optional<Path> weights,
        MeasuredFiles measured,
        List<Path> sources) {
    public ReportRequest {
        Objects.requireNonNull(build);
        Objects.requireNonNull(network);
        Objects.requireNonNull(target);
        Objects.requireNonNull(batch);
        Objects.requireNonNull(gpu);
        Objects.requireNonNull(weights);
        Objects.requireNonNull(measured);
        sources = List.copyOf(sources);
    }

    /** A report of what a build holds, and nothing else. */
    public static ReportRequest of(Path build, String network) {
        return new ReportRequest(
                build,
                network,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                MeasuredFiles.none(),
                List.of());
    }
}
