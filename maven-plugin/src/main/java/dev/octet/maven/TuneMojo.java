package dev.octet.maven;

import dev.octet.runtime.Devices;
import dev.octet.toolchain.ToolchainOptions;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.tune.TuningRequest;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Measures all schedules of the kernels of a calibrated network on this machine's GPU, and adds their times to a tuning log, by
 * which javac chooses with {@code -Aoctet.tuning=<file>}. Run by hand: {@code mvn process-classes octet:tune}. It needs a CUDA
 * compiler. The network runs in a process of its own, so that a crash of a driver does not end Maven.
 */
@Mojo(name = "tune", requiresDependencyResolution = ResolutionScope.RUNTIME)
public final class TuneMojo extends DeviceMojo {
    /** Folder of the build inputs, among which the tuning log is kept. */
    @Parameter(property = OctetProperties.DIR, defaultValue = "${project.basedir}/src/main/octet")
    private File sources;

    /** Binary name of the definition class; may be left out if the module has one network. */
    @Parameter(property = OctetProperties.NETWORK)
    private String network;

    /** Device with a GPU, such as {@code cuda:0}. */
    @Parameter(property = OctetProperties.DEVICE, defaultValue = Devices.BEST)
    private String device;

    /**
     * Largest batches that are measured, separated by commas; that of the network if not given. Times decide for networks of the
     * same {@code maxBatch} alone.
     */
    @Parameter(property = OctetProperties.BATCHES)
    private List<Integer> batches;

    /** Tuning log to add to; if not given, one named after the GPU in the folder of the build inputs: {@code nvidia-h200.tuning}. */
    @Parameter(property = OctetProperties.LOG)
    private File log;

    /** Seconds after which measuring ends; what was measured stays. None if not given. */
    @Parameter(property = OctetProperties.LIMIT)
    private Integer limit;

    /** The CUDA compiler; by default it is looked for in {@code CUDA_HOME} and on the PATH. */
    @Parameter(property = OctetProperties.NVCC)
    private String nvcc;

    /** NVRTC, which compiles where there is no nvcc; by default the jar among this plugin's dependencies, if it is there. */
    @Parameter(property = OctetProperties.NVRTC)
    private String nvrtc;

    /** Longest time in seconds that the compiler may take for one kernel, by default 120. */
    @Parameter(property = OctetProperties.TOOL_TIMEOUT)
    private String toolTimeout;

    @Override
    void run(Path classes) {
        BuiltNetwork built = network(classes, network);
        // Wrong words are told before anything is started.
        TuningRequest request = new TuningRequest(
                device,
                given(),
                sources.toPath(),
                Optional.ofNullable(log).map(File::toPath),
                Optional.ofNullable(limit));
        if (CPU.equals(device)) {
            request.run(built, ToolchainOptions.fromSystem(), getLog()::info);
        } else {
            runApart(built, device, words(built));
        }
    }

    private List<Integer> given() {
        return batches == null ? List.of() : batches;
    }

    /** The same as a command. */
    private Words words(BuiltNetwork built) {
        String list =
                given().isEmpty() ? null : given().stream().map(String::valueOf).collect(Collectors.joining(","));
        return new Words("tune", built)
                .add("--dir", sources)
                .add("--device", device)
                .add("--batches", list)
                .add("--log", log)
                .add("--limit", limit)
                .add("--nvcc", nvcc)
                .add("--nvrtc", nvrtc)
                .add("--tool-timeout", toolTimeout);
    }
}
