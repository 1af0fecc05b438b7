package dev.octet.maven;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.SearchRequest;
import dev.octet.tools.accuracy.Bound;
import dev.octet.tools.accuracy.Definition;
import dev.octet.tools.images.Dataset;
import dev.octet.tools.images.Selection;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Finds few layers that have to stay in FP32 for a network to keep within a bound, and writes its precision file among the build
 * inputs. Run by hand: {@code mvn compile octet:search -Doctet.images=<file> -Doctet.labels=<file> -Doctet.points=0.5}.
 */
@Mojo(name = "search", requiresDependencyResolution = ResolutionScope.COMPILE)
public final class SearchMojo extends OctetMojo {
    /** Folder of the build inputs: safetensors files, calibration tables and precision files. */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File sources;

    /** Binary name of the definition class; may be left out if the module has one network. */
    @Parameter(property = OctetProperties.NETWORK)
    private String network;

    /**
     * Images that the network is evaluated on: a folder or {@code .zip} archive of PNG and JPEG files, a {@code .npy}
     * array, an idx file or raw HWC bytes, compressed if the name ends in {@code .gz}.
     */
    @Parameter(property = OctetProperties.IMAGES)
    private File images;

    /** Draws images at random, if not all are used; else the first of a file, or evenly spread ones, are. */
    @Parameter(property = OctetProperties.SEED)
    private Long seed;

    /**
     * Classes of the images: lines of names and classes ({@code .txt}, {@code .csv}), a {@code .npy} array, an idx file or raw
     * bytes; not needed if images lie in folders by class.
     */
    @Parameter(property = OctetProperties.LABELS)
    private File labels;

    /** Most images to use; all if not given. */
    @Parameter(property = OctetProperties.EXAMPLES)
    private Integer examples;

    /** Points of top-1 that INT8 may be below FP32. */
    @Parameter(property = OctetProperties.POINTS)
    private Double points;

    /** Least mean signal to noise ratio of the scores in dB, instead of points. */
    @Parameter(property = OctetProperties.SNR)
    private Double snr;

    /** Most evaluations, one for each layer's ranking included. */
    @Parameter(property = OctetProperties.EVALUATIONS, defaultValue = "200")
    private int evaluations;

    /** Images that each layer is ranked with, from the first on. */
    @Parameter(property = OctetProperties.RANKING_IMAGES, defaultValue = "64")
    private int rankingImages;

    @Override
    void run(Path classes) {
        OctetProperties.require(images, "search", OctetProperties.IMAGES, Dataset.PLACES);
        BuiltNetwork built = network(classes, network);
        SearchRequest.Found found = new SearchRequest(bound(), evaluations, rankingImages)
                .run(
                        Definition.of(built, compileClasspath()),
                        built,
                        sources.toPath(),
                        Dataset.labelled(
                                images.toPath(),
                                Optional.ofNullable(labels).map(File::toPath),
                                built.plan(),
                                Selection.of(Optional.ofNullable(examples), Optional.ofNullable(seed))),
                        getLog()::info);
        getLog().info(found.text());
    }

    /** Throws {@link OctetException} unless exactly one of the two is given. */
    private Bound bound() {
        if (snr != null && points == null) {
            return new Bound(Bound.Kind.SNR, snr);
        }
        OctetProperties.require(
                snr == null ? points : null,
                "search",
                OctetProperties.POINTS,
                "number, or -D" + OctetProperties.SNR + " alone");
        return new Bound(Bound.Kind.POINTS, points);
    }
}
