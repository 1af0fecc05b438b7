package dev.octet.maven;

import dev.octet.tools.onnx.ImportOptions;
import dev.octet.tools.onnx.OnnxImport;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes a definition class and its weights from an ONNX model. Run by hand, once:
 * {@code mvn octet:import -Doctet.model=<file> -Doctet.class=<class>}.
 */
@Mojo(name = "import")
public final class ImportMojo extends ModelMojo {
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
                shapes(),
                image(),
                maxBatch(),
                replace));
        result.lines(this::display).forEach(getLog()::info);
    }
}
