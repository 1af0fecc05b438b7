package dev.octet.tools.cli;

import dev.octet.tools.OutputFile;
import dev.octet.tools.diff.BuildDiff;
import dev.octet.tools.diff.DiffPage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two builds. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Lists the kernels, plans, calibration tables and weights that differ between two builds.")
final class DiffCommand implements Callable<Integer> {
    /** Other than 1, a failure, and 2, wrong usage. */
    static final int DIFFERENT = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD", description = "Classes folder or jar of the older build.")
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "Classes folder or jar of the newer build.")
    private Path after;

    @Option(names = "--source", description = "Show changed sources of kernels as unified diffs.")
    private boolean sources;

    @Option(names = "--html", paramLabel = "FILE", description = "Also writes the comparison as an HTML file.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--exit-code", description = "End with status " + DIFFERENT + " if anything differs.")
    private boolean exitCode;

    @Override
    public Integer call() {
        BuildDiff diff = BuildDiff.of(before, after, sources);
        PrintWriter out = spec.commandLine().getOut();
        diff.lines().forEach(out::println);
        out.println(diff.summary());
        out.flush();
        html.ifPresent(file -> OutputFile.write(file, DiffPage.html(diff)));
        return exitCode && diff.changed() ? DIFFERENT : 0;
    }
}
