package dev.octet.maven;

import dev.octet.toolchain.PtxBuild;
import dev.octet.toolchain.ToolchainOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Compiles the CUDA source of every kernel to PTX beside it. Without a CUDA compiler the build goes on with a warning,
 * and the networks run on the CPU.
 */
@Mojo(name = "ptx", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class PtxMojo extends OctetMojo {
    /** The CUDA compiler; by default it is looked for in {@code CUDA_HOME} and on the PATH. */
    @Parameter(property = OctetProperties.NVCC)
    private String nvcc;

    /** Folder of the kernel cache, by default {@code ~/.cache/octet}. */
    @Parameter(property = OctetProperties.CACHE)
    private String cache;

    /** Longest time in seconds that the compiler may take for one kernel, by default 120. */
    @Parameter(property = OctetProperties.TOOL_TIMEOUT)
    private String toolTimeout;

    @Override
    void run(Path classes) {
        Map<String, String> settings = new HashMap<>();
        settings.put(OctetProperties.NVCC, nvcc);
        settings.put(OctetProperties.CACHE, cache);
        settings.put(OctetProperties.TOOL_TIMEOUT, toolTimeout);
        ToolchainOptions options =
                ToolchainOptions.of(name -> Optional.ofNullable(settings.get(name)), System.getenv());
        PtxBuild.Result result = new PtxBuild(options).run(classes);
        result.warnings().forEach(getLog()::warn);
        getLog().info(result.kernels() + " kernels: " + result.compiled() + " compiled, " + result.cached()
                + " from the cache, " + result.upToDate() + " up to date, " + result.missing() + " without PTX");
    }
}
