package dev.octet.toolchain;

import dev.octet.plan.Target;
import java.util.List;

/** Compiles CUDA source to PTX. Thread-safe. */
public interface PtxCompiler {
    /** Name and version, for people and for cache keys: equal identities make equal PTX of equal source. */
    String identity();

    /** Version of the CUDA toolkit that it is part of, for example {@code 13.0.88}. */
    String cudaVersion();

    /** The options that decide what comes out, for cache keys. */
    List<String> flags(Target target);

    /**
     * Compiles one kernel. The result is as the compiler wrote it: {@link PtxPostProcessor} makes it fit the target.
     *
     * @param target GPU family
     * @param source complete translation unit
     * @return PTX text
     * @throws dev.octet.plan.diag.OctetException with a {@link ToolchainCode}, naming the kernel and the compiler's
     *     first error
     */
    String compile(Target target, String source);
}
