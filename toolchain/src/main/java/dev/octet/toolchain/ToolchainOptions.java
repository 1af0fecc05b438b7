package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where the tools are, and how they are used.
 *
 * @param nvcc nvcc by its path, instead of the search; setting {@code octet.nvcc}
 * @param cudaHome root of a CUDA toolkit, searched first; environment variable {@code CUDA_HOME}
 * @param searchPath folders searched next; environment variable {@code PATH}
 * @param nvrtc jar or folder with NVRTC, used if there is no nvcc, instead of the class path; setting
 *     {@code octet.nvrtc}
 * @param cubins machines for which machine code is made, by default {@link Machines#DEFAULT}; setting
 *     {@code octet.cubins}
 * @param cache folder of the kernel cache; setting {@code octet.cache}, by default {@code ~/.cache/octet}
 * @param timeLimit longest run of a tool for one kernel; setting {@code octet.toolTimeout} in seconds, by default 120
 * @param allTargets whether kernels of a target that stay uncompiled are an error instead of a warning; setting
 *     {@code octet.allTargets}
 * @param parallelism number of kernels compiled at the same time
 */
public record ToolchainOptions(
        Optional<Path> nvcc,
        Optional<Path> cudaHome,
        List<Path> searchPath,
        Optional<Path> nvrtc,
        Optional<Machines> cubins,
        Path cache,
        Duration timeLimit,
        boolean allTargets,
        int parallelism) {
    /** Names of the settings that {@link #of} reads. */
    public static final Set<String> SETTINGS =
            Set.of("octet.nvcc", "octet.nvrtc", "octet.cubins", "octet.cache", "octet.toolTimeout", "octet.allTargets");

    /** Default of {@link #timeLimit}. */
    public static final Duration TIME_LIMIT = Duration.ofSeconds(120);

    public ToolchainOptions {
        Objects.requireNonNull(nvcc);
        Objects.requireNonNull(cudaHome);
        Objects.requireNonNull(nvrtc);
        Objects.requireNonNull(cubins);
        Objects.requireNonNull(cache);
        searchPath = List.copyOf(searchPath);
        if (timeLimit.isZero() || timeLimit.isNegative() || parallelism < 1) {
            throw new IllegalArgumentException("bad limits: " + timeLimit + ", " + parallelism);
        }
    }

    /** Options with machine code for the default machines, and with NVRTC only if it is on the class path. */
    public ToolchainOptions(
            Optional<Path> nvcc,
            Optional<Path> cudaHome,
            List<Path> searchPath,
            Path cache,
            Duration timeLimit,
            int parallelism) {
        this(nvcc, cudaHome, searchPath, Optional.empty(), Optional.empty(), cache, timeLimit, false, parallelism);
    }

    /** The same options, with machine code for {@code machines} alone. */
    public ToolchainOptions withCubins(Machines machines) {
        return new ToolchainOptions(
                nvcc, cudaHome, searchPath, nvrtc, Optional.of(machines), cache, timeLimit, allTargets, parallelism);
    }

    /** Options from this process's system properties and environment. */
    public static ToolchainOptions fromSystem() {
        return of(name -> Optional.ofNullable(System.getProperty(name)), System.getenv());
    }

    /**
     * Options from settings (by names like {@code octet.nvcc}) and an environment. Throws {@link OctetException} with
     * {@link ToolchainCode#SETTING} if one makes no sense.
     */
    public static ToolchainOptions of(Function<String, Optional<String>> settings, Map<String, String> environment) {
        return new ToolchainOptions(
                settings.apply("octet.nvcc").map(text -> path("octet.nvcc", text)),
                Optional.ofNullable(environment.get("CUDA_HOME"))
                        .filter(text -> !text.isBlank())
                        .map(text -> path("CUDA_HOME", text)),
                searchPath(environment.getOrDefault("PATH", "")),
                settings.apply("octet.nvrtc").map(text -> path("octet.nvrtc", text)),
                settings.apply("octet.cubins").map(text -> Machines.parse("octet.cubins", text)),
                settings.apply("octet.cache")
                        .map(text -> path("octet.cache", text))
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "octet")),
                settings.apply("octet.toolTimeout")
                        .map(ToolchainOptions::seconds)
                        .orElse(TIME_LIMIT),
                settings.apply("octet.allTargets").map(ToolchainOptions::isTrue).orElse(false),
                Runtime.getRuntime().availableProcessors());
    }

    private static Path path(String setting, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new OctetException(e, ToolchainCode.SETTING, setting, text, "a path");
        }
    }

    /** A folder of the PATH that is no path holds no program: it is left out, as shells do. */
    private static List<Path> searchPath(String text) {
        List<Path> folders = new ArrayList<>();
        for (String folder : text.split(File.pathSeparator)) {
            try {
                if (!folder.isBlank()) {
                    folders.add(Path.of(folder));
                }
            } catch (InvalidPathException e) {
                continue;
            }
        }
        return folders;
    }

    private static boolean isTrue(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new OctetException(ToolchainCode.SETTING, "octet.allTargets", text, "true or false");
        }
        return text.equals("true");
    }

    private static Duration seconds(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new OctetException(ToolchainCode.SETTING, "octet.toolTimeout", text, "a number of seconds");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }
}
