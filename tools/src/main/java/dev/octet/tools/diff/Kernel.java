package dev.octet.tools.diff;

import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.io.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A kernel of a build.
 *
 * @param hash hash in the plan
 * @param source lines of its CUDA source; empty if the file is missing
 * @param compiled digests of what was compiled from it, by kind: {@code ptx}, {@code sm_90.cubin}
 */
record Kernel(String hash, Optional<List<String>> source, Map<String, String> compiled) {
    /** Far beyond any kernel; longer ones would take long to compare. */
    private static final int MAX_SOURCE = 1 << 20;

    private static final int MAX_COMPILED = 1 << 28;
    private static final String SOURCE = "cu";

    /** Reads the files of a kernel. */
    static Kernel read(BuildFiles files, Target target, String hash) {
        Optional<List<String>> source = Optional.empty();
        SortedMap<String, String> compiled = new TreeMap<>();
        for (String name : files.names(ResourcePaths.KERNELS + "/" + target.text())) {
            if (name.startsWith(hash + ".")) {
                String kind = name.substring(hash.length() + 1);
                String path = ResourcePaths.kernel(target, hash, kind);
                if (kind.equals(SOURCE)) {
                    source = files.read(path, MAX_SOURCE)
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8)
                                    .lines()
                                    .toList());
                } else {
                    files.read(path, MAX_COMPILED).ifPresent(bytes -> compiled.put(kind, Sha256.hex(bytes)));
                }
            }
        }
        return new Kernel(hash, source, compiled);
    }
}
