package dev.octet.toolchain;

import dev.octet.plan.Target;
import java.util.Optional;

/**
 * For which targets the tools at hand can make kernels.
 *
 * @param compiler makes the PTX, if there is one
 * @param assembler checks it, if there is one
 */
record TargetSupport(Optional<PtxCompiler> compiler, Optional<PtxAssembler> assembler) {
    /** Whether kernels for a target can be made. */
    boolean compiles(Target target) {
        return compiler.isPresent() && lacking(target).isEmpty();
    }

    /** What a target needs and the compiler is not, such as {@code CUDA 12.4 or newer}; empty if it is that. */
    Optional<String> lacking(Target target) {
        CudaVersion needed = CudaVersion.needed(target);
        if (compiler.filter(found -> CudaVersion.parse(found.cudaVersion()).compareTo(needed) < 0)
                .isPresent()) {
            return Optional.of("CUDA " + needed + " or newer");
        }
        int machine = KernelAssembler.checkedMachine(target);
        return assembler
                .filter(found -> !found.machines().contains(machine))
                .map(found -> "CUDA with code for sm_" + machine + ", unlike " + found.identity());
    }
}
