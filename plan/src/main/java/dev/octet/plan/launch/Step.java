package dev.octet.plan.launch;

import java.util.List;
import java.util.Objects;

/**
 * One kernel launch. By kernel ABI 1 the kernel takes one struct by value: the arguments as 8-byte device pointers in
 * this order, a pointer to the workspace, and the batch as a 32-bit integer; tensor maps follow as parameters of their
 * own.
 *
 * @param region what it computes
 * @param kernel which kernel
 * @param geometry how many threads
 * @param arguments pointers of the argument struct, in order
 * @param tensorMaps tensor maps to encode, in order
 * @param workspace scratch memory
 */
public record Step(
        Region region,
        Kernel kernel,
        Geometry geometry,
        List<Argument> arguments,
        List<TensorMap> tensorMaps,
        Workspace workspace) {
    public Step {
        Objects.requireNonNull(region);
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(geometry);
        Objects.requireNonNull(workspace);
        arguments = List.copyOf(arguments);
        tensorMaps = List.copyOf(tensorMaps);
    }

    /**
     * A kernel by name and by source.
     *
     * @param name entry point, computed from the kernel's specification
     * @param hash first 32 hex digits of the SHA-256 of its CUDA source; names the files under
     *     {@code META-INF/octet/kernels/<target>/}
     */
    public record Kernel(String name, String hash) {
        public Kernel {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,254}")) {
                throw new IllegalArgumentException("not a kernel name: " + name);
            }
            if (!hash.matches("[0-9a-f]{32}")) {
                throw new IllegalArgumentException("not a kernel hash: " + hash);
            }
        }
    }

    /**
     * Scratch memory of a launch.
     *
     * @param bytesPerImage size per image of the session's batch
     * @param cleared whether it must be zero at the start
     */
    public record Workspace(long bytesPerImage, boolean cleared) {
        /** No scratch memory. */
        public static final Workspace NONE = new Workspace(0, false);

        public Workspace {
            if (bytesPerImage < 0) {
                throw new IllegalArgumentException("workspace size is not negative: " + bytesPerImage);
            }
        }
    }

    /**
     * A tensor map for bulk copies of a value's tile, encoded at load.
     *
     * @param value value that is read or written
     * @param box extents of the tile, innermost first: lanes, columns, rows, images
     * @param swizzleBytes 0, 32, 64 or 128
     */
    public record TensorMap(int value, List<Integer> box, int swizzleBytes) {
        public TensorMap {
            box = List.copyOf(box);
            if (box.size() != 4 || box.stream().anyMatch(b -> b < 1 || b > 256)) {
                throw new IllegalArgumentException("a box has 4 extents in 1..256: " + box);
            }
            if (!List.of(0, 32, 64, 128).contains(swizzleBytes)) {
                throw new IllegalArgumentException("swizzle is 0, 32, 64 or 128 bytes: " + swizzleBytes);
            }
        }
    }
}
