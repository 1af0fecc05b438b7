package dev.octet.maven;

import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.Outcome;
import dev.octet.tools.PrecisionCheck;
import dev.octet.tools.SourceCheck;
import dev.octet.tools.TableInstall;
import dev.octet.tools.ToolsCode;
import dev.octet.tools.WeightsBuild;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Folds and quantises the weights of every compiled network, and puts its calibration table beside its plan. */
@Mojo(name = "weights", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class WeightsMojo extends OctetMojo {
    /** Folder of the build inputs: safetensors files and calibration tables. */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File sources;

    /** Whether the corrections of weights that lie beside the tables are applied, see {@code octet:correct}. */
    @Parameter(property = OctetProperties.CORRECTIONS, defaultValue = "true")
    private boolean corrections;

    @Override
    void run(Path classes) {
        for (BuiltNetwork network : BuiltNetwork.in(classes)) {
            SourceCheck.check(network, sourceRoots());
            PrecisionCheck.check(network, sources.toPath());
            report(network.weightsFile(), weights(network));
            Outcome table = TableInstall.install(network, sources.toPath());
            if (table == Outcome.MISSING) {
                warnOfMissingTable(network.name());
            } else {
                report(network.tableFile(), table);
            }
        }
    }

    private Outcome weights(BuiltNetwork network) {
        return corrections
                ? WeightsBuild.build(network, sources.toPath())
                : WeightsBuild.buildUncorrected(network, sources.toPath());
    }

    private void report(Path file, Outcome outcome) {
        getLog().info(display(file) + (outcome == Outcome.WRITTEN ? ": written" : ": up to date"));
    }

    private void warnOfMissingTable(String network) {
        getLog().warn(ToolsCode.NO_TABLE.message(
                network, network, display(TableInstall.source(sources.toPath(), network))));
    }
}
