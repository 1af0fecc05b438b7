package dev.octet.maven;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.Calibration;
import dev.octet.tools.TableInstall;
import dev.octet.tools.WeightsSource;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Measures the ranges of a network's values on example images and writes its calibration table among the build inputs.
 * Run by hand: {@code mvn compile octet:calibrate -Doctet.images=<file>}.
 */
@Mojo(name = "calibrate")
public final class CalibrateMojo extends OctetMojo {
    /** Folder of the build inputs: safetensors files and calibration tables. */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File sources;

    /** Binary name of the definition class; may be left out if the module has one network. */
    @Parameter(property = OctetProperties.NETWORK)
    private String network;

    /** Images such as the network will see: an idx file or raw HWC bytes, compressed if the name ends in {@code .gz}. */
    @Parameter(property = OctetProperties.IMAGES)
    private File images;

    /** How ranges are chosen: {@code entropy} or {@code naive}. */
    @Parameter(property = OctetProperties.ALGORITHM, defaultValue = "entropy")
    private String algorithm;

    /** Most images to use, from the file's start. */
    @Parameter(property = OctetProperties.EXAMPLES, defaultValue = "500")
    private int examples;

    @Override
    void run(Path classes) {
        OctetProperties.require(
                images, "calibrate", OctetProperties.IMAGES, "idx file or raw HWC bytes, also compressed as .gz");
        BuiltNetwork built = network == null ? BuiltNetwork.only(classes) : BuiltNetwork.find(classes, network);
        Path weights = WeightsSource.find(built, sources.toPath());
        CalibrationTable table = new Calibration(built, weights, Calibration.rule(algorithm), examples)
                .run(images.toPath(), (done, most) -> getLog().debug(done + " images"));
        Path file = TableInstall.source(sources.toPath(), built.name());
        TableInstall.save(table, file);
        getLog().info(table.examples() + " images -> " + display(file));
    }
}
