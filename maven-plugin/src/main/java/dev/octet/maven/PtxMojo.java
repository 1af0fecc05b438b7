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
 * Compiles the CUDA source of every kernel to PTX, and to machine code for some GPUs, beside it. Without a CUDA compiler
 * the build goes on with a warning, and the networks run on the CPU; with one that is too old for a target, such as SM_90A,
 * it goes on with a warning, and GPUs run the kernels for the next lower target.
 */
@Mojo(name = "ptx", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class PtxMojo extends OctetMojo {
    /** The CUDA compiler; by default it is looked for in {@code CUDA_HOME} and on the PATH. */
    @Parameter(property = OctetProperties.NVCC)
    private String nvcc;

    /**
     * NVRTC, which compiles where there is no nvcc: the jar {@code org.bytedeco:cuda-redist:linux-x86_64} of CUDA 12.9
     * or a folder with its libraries; by default the jar among this plugin's dependencies, if it is there.
     */
    @Parameter(property = OctetProperties.NVRTC)
    private String nvrtc;

    /**
     * GPUs for which machine code is made, such as {@code sm_80,sm_86,sm_90}, or {@code none}; the others compile the
     * PTX when they load a network. By default {@code sm_75,sm_80,sm_90}, which serve every GPU from Turing to Hopper.
     */
    @Parameter(property = OctetProperties.CUBINS)
    private String cubins;

    /** Folder of the kernel cache, by default {@code ~/.cache/octet}. */
    @Parameter(property = OctetProperties.CACHE)
    private String cache;

    /** Longest time in seconds that the compiler may take for one kernel, by default 120. */
    @Parameter(property = OctetProperties.TOOL_TIMEOUT)
    private String toolTimeout;

    /**
     * Whether the build fails, instead of going on with a warning, where kernels stay uncompiled: without a CUDA compiler, or
     * with one that is too old for one of the targets. By default false.
     */
    @Parameter(property = OctetProperties.ALL_TARGETS)
    private String allTargets;

    @Override
    void run(Path classes) {
        Map<String, String> settings = new HashMap<>();
        settings.put(OctetProperties.NVCC, nvcc);
        settings.put(OctetProperties.NVRTC, nvrtc);
        settings.put(OctetProperties.CUBINS, cubins);
        settings.put(OctetProperties.CACHE, cache);
        settings.put(OctetProperties.TOOL_TIMEOUT, toolTimeout);
        settings.put(OctetProperties.ALL_TARGETS, allTargets);
        ToolchainOptions options =
                ToolchainOptions.of(name -> Optional.ofNullable(settings.get(name)), System.getenv());
        PtxBuild.Result result = new PtxBuild(options, this::sayThatItStarts).run(classes);
        result.warnings().forEach(getLog()::warn);
        PtxBuild.Cubins machineCode = result.cubins();
        getLog().info(count(result.kernels(), "kernel")
                + result.compiler().map(name -> " by " + name).orElse("") + ": " + result.compiled() + " compiled, "
                + result.cached() + " from the cache, " + result.upToDate() + " up to date, " + result.missing()
                + " without PTX");
        getLog().info(count(machineCode.total(), "cubin") + ": " + machineCode.assembled() + " assembled, "
                + machineCode.cached() + " from the cache, " + machineCode.upToDate() + " up to date");
    }

    private void sayThatItStarts(int kernels) {
        getLog().info(count(kernels, "kernel") + (kernels == 1 ? " is" : " are")
                + " not up to date: what the cache lacks is compiled, which may take minutes");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
