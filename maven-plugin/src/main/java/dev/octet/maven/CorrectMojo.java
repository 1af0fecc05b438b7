package dev.octet.maven;

import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.CorrectionRequest;
import dev.octet.tools.Images;
import dev.octet.tools.TimedProgress;
import dev.octet.tools.images.Dataset;
import dev.octet.tools.images.Selection;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Corrects the weights of a calibrated network for what quantising them does, and writes the corrections among the build inputs,
 * from where {@code octet:weights} applies them. Run by hand: {@code mvn compile octet:correct -Doctet.images=<file>}.
 */
@Mojo(name = "correct")
public final class CorrectMojo extends OctetMojo {
    /** Folder of the build inputs: safetensors files, calibration tables and corrections. */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File sources;

    /** Binary name of the definition class; may be left out if the module has one network. */
    @Parameter(property = OctetProperties.NETWORK)
    private String network;

    /**
     * Images such as the network will see: a folder or {@code .zip} archive of PNG and JPEG files, a {@code .npy}
     * array, an idx file or raw HWC bytes, compressed if the name ends in {@code .gz}.
     */
    @Parameter(property = OctetProperties.IMAGES)
    private File images;

    /** Draws images at random, if not all are used; else the first of a file, or evenly spread ones, are. */
    @Parameter(property = OctetProperties.SEED)
    private Long seed;

    /** Bias correction: {@code empirical}, from the images; {@code analytic}, from batch normalisations; or {@code none}. */
    @Parameter(property = OctetProperties.BIAS, defaultValue = "empirical")
    private String bias;

    /** Whether channels are equalised across layers, which makes a new calibration table. */
    @Parameter(property = OctetProperties.EQUALIZE, defaultValue = "false")
    private boolean equalize;

    /** Most images to use. */
    @Parameter(property = OctetProperties.EXAMPLES, defaultValue = "500")
    private int examples;

    @Override
    void run(Path classes) {
        OctetProperties.require(images, "correct", OctetProperties.IMAGES, Dataset.PLACES);
        BuiltNetwork built = network(classes, network);
        Images set = Dataset.images(images.toPath(), built.plan(), new Selection(examples, Optional.ofNullable(seed)));
        CorrectionRequest.of(bias, equalize)
                .run(built, sources.toPath(), set, new TimedProgress(getLog()::info))
                .forEach(file -> getLog().info(set.count() + " -> " + display(file)));
    }
}
