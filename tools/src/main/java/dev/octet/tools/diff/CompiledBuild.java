package dev.octet.tools.diff;

import dev.octet.plan.ResourcePaths;
import dev.octet.plan.diag.OctetException;
import dev.octet.tools.ToolsCode;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything of Octet's in a build.
 *
 * @param networks networks by name
 * @param kernels the kernels that their plans launch
 */
record CompiledBuild(SortedMap<String, NetworkListings> networks, SortedMap<KernelName, Kernel> kernels) {
    private static final int MAX_PLAN = 64 << 20;

    /**
     * Reads a classes folder or jar.
     *
     * @throws OctetException {@link ToolsCode#NOT_A_BUILD} if there is no network in it; other codes for damaged files
     */
    static CompiledBuild read(Path place) {
        try (BuildFiles files = BuildFiles.open(place)) {
            SortedMap<String, NetworkListings> networks = new TreeMap<>();
            for (String name : files.names(ResourcePaths.ROOT)) {
                if (files.read(ResourcePaths.plan(name), MAX_PLAN).isPresent()) {
                    networks.put(name, NetworkListings.read(files, name));
                }
            }
            if (networks.isEmpty()) {
                throw new OctetException(ToolsCode.NOT_A_BUILD, place, "it has no plan of a network");
            }
            SortedMap<KernelName, Kernel> kernels = new TreeMap<>();
            for (NetworkListings network : networks.values()) {
                network.kernels()
                        .forEach((name, hash) ->
                                kernels.computeIfAbsent(name, kernel -> Kernel.read(files, kernel.target(), hash)));
            }
            return new CompiledBuild(networks, kernels);
        }
    }
}
