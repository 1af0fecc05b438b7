package dev.octet.maven;

import dev.octet.tools.TensorRtExchange;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Makes a network's calibration table from a calibration cache of TensorRT. Run by hand:
 * {@code mvn compile octet:import-cache -Doctet.tensorrt=<file>}.
 */
@Mojo(name = "import-cache")
public final class ImportCacheMojo extends CacheMojo {
    @Override
    String goal() {
        return "import-cache";
    }

    @Override
    void run(TensorRtExchange exchange, Path cache) {
        getLog().info(display(cache) + " -> " + display(exchange.importFrom(cache)));
    }
}
