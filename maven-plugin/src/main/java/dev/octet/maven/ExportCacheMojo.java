package dev.octet.maven;

import dev.octet.tools.TensorRtExchange;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes a network's calibration table as a calibration cache of TensorRT. Run by hand:
 * {@code mvn compile octet:export-cache -Doctet.tensorrt=<file>}.
 */
@Mojo(name = "export-cache")
public final class ExportCacheMojo extends CacheMojo {
    /** First line of the cache; that of the imported one if not given, else of TensorRT 8.6. */
    @Parameter(property = OctetProperties.HEADER)
    private String header;

    @Override
    String goal() {
        return "export-cache";
    }

    @Override
    void run(TensorRtExchange exchange, Path cache) {
        exchange.exportTo(cache, Optional.ofNullable(header));
        getLog().info(exchange.network().name() + " -> " + display(cache));
    }
}
