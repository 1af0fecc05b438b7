package dev.octet.maven;

import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.TensorRtExchange;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals for calibration caches of TensorRT have in common. */
abstract class CacheMojo extends OctetMojo {
    /** Folder of the build inputs: safetensors files and calibration tables. */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File sources;

    /** Binary name of the definition class; may be left out if the module has one network. */
    @Parameter(property = OctetProperties.NETWORK)
    private String network;

    /** Calibration cache of TensorRT. */
    @Parameter(property = OctetProperties.TENSORRT)
    private File tensorrt;

    /** Names of tensors, a line each; {@code <network>.tensorrt-names} beside the table if not given. */
    @Parameter(property = OctetProperties.NAMES)
    private File names;

    @Override
    final void run(Path classes) {
        OctetProperties.require(tensorrt, goal(), OctetProperties.TENSORRT, "calibration cache of TensorRT");
        BuiltNetwork built = network(classes, network);
        Optional<Path> tensors = Optional.ofNullable(names).map(File::toPath);
        run(new TensorRtExchange(built, sources.toPath(), tensors), tensorrt.toPath());
    }

    /** Name of the goal. */
    abstract String goal();

    /** Does the goal's work. */
    abstract void run(TensorRtExchange exchange, Path cache);
}
