package dev.octet.cuda.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an NVIDIA driver leaves on Linux, which can be seen without loading anything. What loads it says precisely whether there is
 * one; where that is missing itself, this says whether it is all that is missing.
 *
 * @param files any of which tells of a driver
 */
record DriverTraces(List<Path> files) {
    private static final String LIBRARY = "libcuda.so.1";

    /** The kernel's part of a driver, that of Windows below Linux, and the library in the folders where loaders look. */
    static DriverTraces ofSystem() {
        List<Path> files = new ArrayList<>(
                List.of(Path.of("/proc/driver/nvidia/version"), Path.of("/dev/nvidiactl"), Path.of("/dev/dxg")));
        Stream.concat(
                        Stream.of(System.getProperty("java.library.path", "").split(":")),
                        Stream.of(
                                "/usr/lib/x86_64-linux-gnu",
                                "/usr/local/nvidia/lib64",
                                "/usr/local/cuda/compat",
                                "/run/opengl-driver/lib"))
                .filter(folder -> !folder.isBlank())
                .distinct()
                .forEach(folder -> files.add(Path.of(folder, LIBRARY)));
        return new DriverTraces(List.copyOf(files));
    }

    /** Whether there is any. */
    boolean any() {
        return files.stream().anyMatch(Files::exists);
    }
}
