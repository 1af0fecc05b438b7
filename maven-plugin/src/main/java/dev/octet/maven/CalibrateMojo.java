package dev.octet.maven;

import dev.octet.plan.ResourcePaths;
import dev.octet.runtime.Devices;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.CalibrationRequest;
import dev.octet.tools.TableBuild;
import dev.octet.tools.TimedProgress;
import dev.octet.tools.images.Dataset;
import dev.octet.tools.images.Selection;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Measures the ranges of a network's values on example images and writes its calibration table among the build inputs.
 * Run by hand: {@code mvn compile octet:calibrate -Doctet.images=<file>}. On any device but the CPU the network runs in a process
 * of its own, so that a crash of a driver does not end Maven.
 */
@Mojo(name = "calibrate", requiresDependencyResolution = ResolutionScope.RUNTIME)
public final class CalibrateMojo extends DeviceMojo {
    /** Folder of the build inputs: safetensors files and calibration tables. */
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

    /**
     * How ranges are chosen: {@code entropy}, {@code entropy-tensorrt}, {@code entropy-mxnet}, {@code mse}, {@code naive} or
     * {@code percentile}.
     */
    @Parameter(property = OctetProperties.MODE, defaultValue = "entropy")
    private String mode;

    /** Of the mode {@code percentile}: share of a value's elements that are not cut, in percent; 99.99 if not given. */
    @Parameter(property = OctetProperties.PERCENTILE)
    private String percentile;

    /** Regular expression of the names of the values that the mode is for; the others have their largest magnitude. */
    @Parameter(property = OctetProperties.LAYERS)
    private String layers;

    /** Layers or values that are to stay in FP32, separated by commas: a precision file is written for the next compilation. */
    @Parameter(property = OctetProperties.EXCLUDE)
    private List<String> exclude;

    /**
     * Device of the FP32 network. By default the best one that can run it: the CPU where there is no GPU, or if the definition was
     * compiled without {@code -Aoctet.floats=true}.
     */
    @Parameter(property = OctetProperties.DEVICE, defaultValue = Devices.BEST)
    private String device;

    /** Whether the histogram of every value, with the ranges of all modes, is kept beside the table. */
    @Parameter(property = OctetProperties.HISTOGRAMS, defaultValue = "false")
    private boolean histograms;

    /** Most images to use. */
    @Parameter(property = OctetProperties.EXAMPLES, defaultValue = "500")
    private int examples;

    @Override
    void run(Path classes) {
        OctetProperties.require(images, "calibrate", OctetProperties.IMAGES, Dataset.PLACES);
        BuiltNetwork built = network(classes, network);
        String chosen = chosen(built);
        // Wrong words are told before anything is started.
        CalibrationRequest request = request(chosen);
        if (chosen.equals(CPU)) {
            calibrate(built, request);
        } else {
            runApart(built, chosen, words(built));
        }
    }

    /** The best device of a network without a float program is the CPU, for which no process is started. */
    private String chosen(BuiltNetwork built) {
        boolean floats = Files.exists(built.classes().resolve(ResourcePaths.floats(built.name())));
        return device.equals(Devices.BEST) && !floats ? CPU : device;
    }

    private CalibrationRequest request(String chosen) {
        return CalibrationRequest.of(
                mode,
                Optional.ofNullable(percentile),
                new Selection(examples, Optional.ofNullable(seed)),
                chosen,
                Optional.ofNullable(layers),
                excluded(),
                histograms);
    }

    private List<String> excluded() {
        return exclude == null ? List.of() : exclude;
    }

    private void calibrate(BuiltNetwork built, CalibrationRequest request) {
        TimedProgress progress = new TimedProgress(getLog()::info);
        TableBuild.Result result = new TableBuild(built, sources.toPath(), request)
                .run(images.toPath(), (done, most) -> progress.accept(done));
        result.lines(this::display).forEach(getLog()::info);
    }

    /** The same as a command. */
    private Words words(BuiltNetwork built) {
        return new Words("calibrate", built)
                .add("--dir", sources)
                .add("--images", images)
                .add("--examples", examples)
                .add("--seed", seed)
                .add("--mode", mode)
                .add("--percentile", percentile)
                .add("--layers", layers)
                .add("--exclude", excluded().isEmpty() ? null : String.join(",", excluded()))
                .add("--device", device)
                .addIf(histograms, "--histograms");
    }
}
