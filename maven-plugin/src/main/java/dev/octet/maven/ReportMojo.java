package dev.octet.maven;

import dev.octet.plan.Target;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.OutputFile;
import dev.octet.tools.TableBuild;
import dev.octet.tools.WeightsSource;
import dev.octet.tools.report.CompileReport;
import dev.octet.tools.report.Gpu;
import dev.octet.tools.report.MeasuredFiles;
import dev.octet.tools.report.ReportRequest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes what the compiler made of every network of the module, or of one, as an HTML file each: graphs, layers, kernels,
 * memory and warnings. Run by hand: {@code mvn process-classes octet:report}. Does nothing where there are no networks.
 */
@Mojo(name = "report", threadSafe = true)
public final class ReportMojo extends OctetMojo {
    /** Binary name of the network; all of the module if not given. */
    @Parameter(property = OctetProperties.NETWORK)
    private String network;

    /** Folder of the reports. */
    @Parameter(property = OctetProperties.REPORTS, defaultValue = "${project.build.directory}/octet-reports")
    private File reports;

    /**
     * Folder of the build inputs: a report has what the safetensors file says about itself, and the histograms that
     * {@code octet:calibrate} keeps.
     */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File dir;

    /** GPU family, such as {@code SM_80}; the latest of each network that was compiled if not given. */
    @Parameter(property = OctetProperties.TARGET)
    private Target target;

    /** Images of a run; the largest batch of each network if not given. */
    @Parameter(property = OctetProperties.BATCH)
    private Integer batch;

    /** GPU whose peak figures are assumed, such as {@code A100}. */
    @Parameter(property = OctetProperties.GPU)
    private String gpu;

    /** Measured times of the launches. */
    @Parameter(property = OctetProperties.PROFILE)
    private File profile;

    /** Result of an evaluation, as {@code octet:evaluate} writes it; there need not be one. */
    @Parameter(
            property = OctetProperties.JSON,
            defaultValue = "${project.build.directory}/octet-evaluation/evaluation.json")
    private File json;

    @Override
    void run(Path classes) {
        List<BuiltNetwork> networks =
                network == null ? BuiltNetwork.in(classes) : List.of(BuiltNetwork.find(classes, network));
        if (networks.isEmpty()) {
            getLog().info("No networks to report on in " + display(classes));
        }
        for (BuiltNetwork built : networks) {
            Path file = reports.toPath().resolve(built.name() + ".html");
            OutputFile.write(file, CompileReport.html(request(classes, built)));
            getLog().info("Wrote " + display(file));
        }
    }

    private ReportRequest request(Path classes, BuiltNetwork built) {
        return new ReportRequest(
                classes,
                built.name(),
                Optional.ofNullable(target),
                batch == null ? OptionalInt.empty() : OptionalInt.of(batch),
                Optional.ofNullable(gpu).map(Gpu::named),
                weights(built),
                new MeasuredFiles(
                        Optional.of(TableBuild.histograms(dir.toPath(), built.name()))
                                .filter(Files::isRegularFile),
                        Optional.of(json.toPath()).filter(Files::isRegularFile),
                        Optional.ofNullable(profile).map(File::toPath)),
                sourceRoots());
    }

    /** A module without its weights file has a report nevertheless; the folder may be of another machine. */
    private Optional<Path> weights(BuiltNetwork built) {
        return Files.isDirectory(dir.toPath()) ? WeightsSource.findIfThere(built, dir.toPath()) : Optional.empty();
    }
}
