package dev.octet.maven;

import dev.octet.tools.init.NewProject;
import dev.octet.tools.init.ProjectNames;
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
public final class InitMojo extends ModelMojo {
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

    @Override
    void run(Path classes) {
        OctetProperties.require(artifactId, "init", ARTIFACT, "name of the project, such as vision");
        ProjectNames names = className == null
                ? ProjectNames.of(groupId, artifactId)
                : new ProjectNames(groupId, artifactId, className);
        Optional<NewProject.Model> imported = Optional.ofNullable(model)
                .map(file -> new NewProject.Model(file.toPath(), shapes(), image(), maxBatch()));
        Path root = folder.toPath();
        for (Path file : new NewProject(root, names, version, imported).write()) {
            getLog().info("written: " + root.relativize(file));
        }
        getLog().info("Now: mvn package");
    }
}
