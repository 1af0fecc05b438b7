package dev.octet.maven;

import dev.octet.tools.onnx.ImageOption;
import dev.octet.tools.onnx.ImportOptions;
import dev.octet.tools.onnx.OnnxImport;
import dev.octet.tools.onnx.OptionText;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes a definition class and its weights from an ONNX model. Run by hand, once:
 * {@code mvn octet:import -Doctet.model=<file> -Doctet.class=<class>}.
 */
@Mojo(name = "import")
public final class ImportMojo extends OctetMojo {
    /** The ONNX file. */
    @Parameter(property = OctetProperties.MODEL)
    private File model;

    /** Name of the class to write. */
    @Parameter(property = OctetProperties.CLASS)
    private String className;

    /** Folder of Java sources. */
    @Parameter(defaultValue = "${project.build.sourceDirectory}")
    private File javaSources;

    /** Folder of the build inputs, where the weights are written. */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File sources;

    /** Shape of one input where the model leaves it open: {@code 3x224x224}, or {@code photo=3x64x64;meta=8}. */
    @Parameter(property = OctetProperties.SHAPE, defaultValue = "")
    private String shape;

    /** Order of the channels if the input takes bytes of an image rather than floats: GRAY, RGB or BGR. */
    @Parameter(property = OctetProperties.IMAGE)
    private String image;

    /** Factor of an image's bytes, a number or a quotient such as {@code 1/255}. */
    @Parameter(property = OctetProperties.SCALE, defaultValue = "1")
    private String scale;

    /** Subtracted from scaled bytes, one number for each channel. */
    @Parameter(property = OctetProperties.MEAN)
    private String mean;

    /** Divisors after that, one number for each channel. */
    @Parameter(property = OctetProperties.STD)
    private String std;

    /** Shorter side that image files are scaled to before their centre is cut out, such as 256; 0 if they just cover the shape. */
    @Parameter(property = OctetProperties.RESIZE, defaultValue = "0")
    private int resize;

    /** Largest number of images of a run. */
    @Parameter(property = OctetProperties.MAX_BATCH, defaultValue = "32")
    private int maxBatch;

    /** Whether files that have other content are replaced. */
    @Parameter(property = OctetProperties.REPLACE, defaultValue = "false")
    private boolean replace;

    @Override
    void run(Path classes) {
        OctetProperties.require(model, "import", OctetProperties.MODEL, "ONNX file");
        OctetProperties.require(className, "import", OctetProperties.CLASS, "name of the class to write");
        OnnxImport.Result result = OnnxImport.run(new ImportOptions(
                model.toPath(),
                className,
                javaSources.toPath(),
                sources.toPath(),
                OptionText.shapes(text(shape)),
                ImageOption.of(text(image), scale, text(mean), text(std), resize),
                maxBatch,
                replace));
        getLog().info(result.nodes() + " nodes -> " + display(result.source()));
        getLog().info("weights -> " + display(result.weights()));
    }

    /** Maven takes empty texts for none. */
    private static String text(String given) {
        return given == null ? "" : given;
    }
}
