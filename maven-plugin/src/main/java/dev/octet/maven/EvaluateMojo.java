package dev.octet.maven;

import dev.octet.runtime.Devices;
import dev.octet.runtime.Options;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.Evaluation;
import dev.octet.tools.EvaluationResult;
import dev.octet.tools.OutputFile;
import dev.octet.tools.Thresholds;
import dev.octet.tools.TimedProgress;
import dev.octet.tools.images.Dataset;
import dev.octet.tools.images.Selection;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Compares a network in INT8 with itself in FP32 on images, and fails the build if it is not as good as was asked for. Run by
 * hand: {@code mvn process-classes octet:evaluate -Doctet.images=<place> -Doctet.minAgreement=98}. On any device but the CPU the
 * network runs in a process of its own, so that a crash of a driver does not end Maven.
 */
@Mojo(name = "evaluate", requiresDependencyResolution = ResolutionScope.RUNTIME)
public final class EvaluateMojo extends DeviceMojo {
    /** Folder of the build inputs: safetensors files and calibration tables. */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File sources;

    /** Binary name of the definition class; may be left out if the module has one network. */
    @Parameter(property = OctetProperties.NETWORK)
    private String network;

    /**
     * Images that the network is evaluated on, none of those that it was calibrated on: a folder or {@code .zip} archive of PNG
     * and JPEG files, a {@code .npy} array, an idx file or raw HWC bytes, compressed if the name ends in {@code .gz}.
     */
    @Parameter(property = OctetProperties.IMAGES)
    private File images;

    /**
     * Classes of the images: lines of names and classes ({@code .txt}, {@code .csv}), a {@code .npy} array, an idx file or raw
     * bytes; not needed if images lie in folders by class, or for the agreement alone.
     */
    @Parameter(property = OctetProperties.LABELS)
    private File labels;

    /** Most images to use; all if not given. */
    @Parameter(property = OctetProperties.EXAMPLES)
    private Integer examples;

    /** Draws images at random, if not all are used; else the first of a file, or evenly spread ones, are. */
    @Parameter(property = OctetProperties.SEED)
    private Long seed;

    /** Device of the INT8 network; FP32 always runs on the CPU. */
    @Parameter(property = OctetProperties.DEVICE, defaultValue = Devices.BEST)
    private String device;

    /** Images in one run, at most as many as the network allows. */
    @Parameter(property = OctetProperties.BATCH, defaultValue = "64")
    private int batch;

    /** Images that every value is compared on as well, for the file. */
    @Parameter(property = OctetProperties.LAYER_IMAGES, defaultValue = "0")
    private int layerImages;

    /** File of the result, as JSON. */
    @Parameter(
            property = OctetProperties.JSON,
            defaultValue = "${project.build.directory}/octet-evaluation/evaluation.json")
    private File json;

    /** Least top-1 in INT8, in percent. */
    @Parameter(property = OctetProperties.MIN_TOP1)
    private Double minTop1;

    /** Least share of images for which INT8 and FP32 say the same class, in percent. */
    @Parameter(property = OctetProperties.MIN_AGREEMENT)
    private Double minAgreement;

    /** Most points of top-1 that INT8 may be below FP32. */
    @Parameter(property = OctetProperties.MAX_DROP)
    private Double maxDrop;

    @Override
    void run(Path classes) {
        OctetProperties.require(images, "evaluate", OctetProperties.IMAGES, Dataset.PLACES);
        Thresholds thresholds = new Thresholds(
                Optional.ofNullable(minTop1), Optional.ofNullable(minAgreement), Optional.ofNullable(maxDrop));
        BuiltNetwork built = network(classes, network);
        if (CPU.equals(device)) {
            evaluate(built, thresholds);
        } else {
            runApart(built, device, words(built));
        }
        getLog().info("-> " + display(json.toPath()));
    }

    private void evaluate(BuiltNetwork built, Thresholds thresholds) {
        Evaluation evaluation = new Evaluation(built, sources.toPath(), batch, layerImages);
        Selection selection = Selection.of(Optional.ofNullable(examples), Optional.ofNullable(seed));
        Dataset data = evaluation.dataset(
                images.toPath(), Optional.ofNullable(labels).map(File::toPath), selection, thresholds);
        EvaluationResult result = evaluation.run(data, Options.onDevice(CPU), new TimedProgress(getLog()::info)::part);
        result.text().lines().forEach(getLog()::info);
        OutputFile.write(json.toPath(), result.json());
        thresholds.check(result);
    }

    /** The same as a command. */
    private Words words(BuiltNetwork built) {
        return new Words("evaluate", built)
                .add("--dir", sources)
                .add("--images", images)
                .add("--labels", labels)
                .add("--examples", examples)
                .add("--seed", seed)
                .add("--device", device)
                .add("--batch", batch)
                .add("--layer-images", layerImages)
                .add("--json", json)
                .add("--min-top1", minTop1)
                .add("--min-agreement", minAgreement)
                .add("--max-drop", maxDrop);
    }
}
