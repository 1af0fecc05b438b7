package dev.octet.maven;

import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.export.Flavour;
import dev.octet.tools.export.OnnxExport;
import dev.octet.tools.export.QdqModel;
import dev.octet.tools.export.QdqOptions;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes a calibrated network as an ONNX file of quantised operators, for ONNX Runtime or TensorRT. Run by hand:
 * {@code mvn compile octet:export -Doctet.model=<file> -Doctet.flavour=ort}.
 */
@Mojo(name = "export")
public final class ExportMojo extends OctetMojo {
    /** Folder of the build inputs: weights, calibration table, corrections. */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File sources;

    /** Binary name of the definition class; may be left out if the module has one network. */
    @Parameter(property = OctetProperties.NETWORK)
    private String network;

    /** The ONNX file to write. */
    @Parameter(property = OctetProperties.MODEL)
    private File model;

    /** Runtime that the model is for: ort or tensorrt. */
    @Parameter(property = OctetProperties.FLAVOUR)
    private String flavour;

    /** Whether images are bytes [N,H,W,C] that the model prepares, rather than prepared floats [N,C,H,W]. */
    @Parameter(property = OctetProperties.PIXELS, defaultValue = "false")
    private boolean pixels;

    /** Whether a file that has other content is replaced. */
    @Parameter(property = OctetProperties.REPLACE, defaultValue = "false")
    private boolean replace;

    @Override
    void run(Path classes) {
        OctetProperties.require(model, "export", OctetProperties.MODEL, "ONNX file to write");
        OctetProperties.require(flavour, "export", OctetProperties.FLAVOUR, "ort or tensorrt");
        BuiltNetwork built = network(classes, network);
        QdqOptions options = new QdqOptions(Flavour.named(flavour), pixels);
        QdqModel written = new OnnxExport(model.toPath(), options, replace).run(built, sources.toPath());
        getLog().info(built.name() + " -> " + display(model.toPath()) + ": " + written.nodes() + " nodes");
    }
}
