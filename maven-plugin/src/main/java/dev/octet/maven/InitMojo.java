package dev.octet.maven;

import dev.octet.tools.init.NewProject;
import dev.octet.tools.init.ProjectNames;
import dev.octet.tools.onnx.ImageOption;
import dev.octet.tools.onnx.OptionText;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes a new project with one network, which builds at once; no file that exists is changed. Run in an empty folder:
 * {@code mvn dev.octet:octet-maven-plugin:<version>:init -DgroupId=com.acme -DartifactId=vision}.
 */
@Mojo(name = "init", requiresProject = false)
public final class InitMojo extends OctetMojo {
    private static final String ARTIFACT = "artifactId";

    /** Folder of the project. */
    @Parameter(defaultValue = "${basedir}", readonly = true)
    private File folder;

    /** Version of Octet that the project uses: this plugin's. */
    @Parameter(defaultValue = "${plugin.version}", readonly = true)
    private String version;

    /** Group of the project, and the package of its class. */
    @Parameter(property = "groupId", defaultValue = "org.example")
    private String groupId;

    /** Artifact of the project; its class is called alike. */
    @Parameter(property = ARTIFACT)
    private String artifactId;

    /** Name of the class with its package, if it is not to follow from groupId and artifactId. */
    @Parameter(property = OctetProperties.CLASS)
    private String className;

    /** ONNX file of the network; a small network of random weights if not given. */
    @Parameter(property = OctetProperties.MODEL)
    private File model;

    /** Shape of one input where the model leaves it open: {@code 3x224x224}, or {@code photo=3x64x64;meta=8}. */
    @Parameter(property = OctetProperties.SHAPE, defaultValue = "")
    private String shape;

    /** Order of the channels if the model's input takes bytes of an image rather than floats: GRAY, RGB or BGR. */
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

    /** Shorter side that image files are scaled to; 0 for one that covers the shape. */
    @Parameter(property = OctetProperties.RESIZE, defaultValue = "0")
    private int resize;

    /** Largest number of images of a run of the model. */
    @Parameter(property = OctetProperties.MAX_BATCH, defaultValue = "32")
    private int maxBatch;

    @Override
    void run(Path classes) {
        OctetProperties.require(artifactId, "init", ARTIFACT, "name of the project, such as vision");
        ProjectNames names = className == null
                ? ProjectNames.of(groupId, artifactId)
                : new ProjectNames(groupId, artifactId, className);
        Optional<NewProject.Model> imported = Optional.ofNullable(model)
                .map(file -> new NewProject.Model(
                        file.toPath(),
                        OptionText.shapes(text(shape)),
                        ImageOption.of(text(image), scale, text(mean), text(std), resize),
                        maxBatch));
        Path root = folder.toPath();
        for (Path file : new NewProject(root, names, version, imported).write()) {
            getLog().info("written: " + root.relativize(file));
        }
        getLog().info("Now: mvn package");
    }

    /** Maven takes empty texts for none. */
    private static String text(String given) {
        return given == null ? "" : given;
    }
}
