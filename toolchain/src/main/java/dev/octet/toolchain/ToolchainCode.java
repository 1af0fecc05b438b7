package dev.octet.toolchain;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of the CUDA toolchain. */
public enum ToolchainCode implements DiagnosticCode {
    /** The path given for nvcc is not a program. */
    NVCC_PATH(
            "OCTET-TOOL-001",
            "octet.nvcc names %s, which is not an executable file. Correct it, or leave it out so that CUDA_HOME and"
                    + " the PATH are searched."),
    /** Warning: kernels stay uncompiled. */
    NO_COMPILER(
            "OCTET-TOOL-002",
            "No nvcc found (searched %s): %d of %d kernels stay uncompiled, so networks run on the device cpu only."
                    + " Install CUDA 12.4 or newer (older ones compile for fewer targets), or put nvcc on the PATH, or, on"
                    + " Linux x86-64, add the dependency org.bytedeco:cuda-redist:12.9-9.10-1.5.12:linux-x86_64 (NVRTC)"
                    + " to octet-maven-plugin; then run the build again."),
    /** The program found does not behave like nvcc. */
    NVCC_VERSION(
            "OCTET-TOOL-003",
            "%s does not tell its version: %s. Set octet.nvcc to the nvcc of a CUDA toolkit, or repair this one."),
    /** The compiler refused a kernel. */
    COMPILE(
            "OCTET-TOOL-004",
            "%s cannot compile kernel %s for %s: %s. If other programs compile with this toolkit, this is an error in"
                    + " Octet: report it with the .cu file."),
    /** A tool ran too long. */
    TIME_LIMIT(
            "OCTET-TOOL-005",
            "%s did not finish kernel %s within %d s and was stopped. Run the build again; on a slow machine set"
                    + " octet.toolTimeout to more seconds."),
    /** A tool could not be started. */
    NOT_STARTED(
            "OCTET-TOOL-006",
            "Cannot run %s: %s. Check that it is a program for this machine, and run the build again."),
    /** The compiler's output is not what was expected. */
    MALFORMED_PTX(
            "OCTET-TOOL-007", "%s made no usable PTX of kernel %s for %s: %s. Check the installation of the toolkit."),
    /** The assembler refused a kernel's PTX. */
    ASSEMBLE(
            "OCTET-TOOL-008",
            "ptxas refuses kernel %s as PTX %s for %s: %s. This is an error in Octet: report it with the .cu file."),
    /** A kernel needs more registers than there are. */
    SPILLS(
            "OCTET-TOOL-009",
            "Kernel %s for %s on sm_%d spills %d bytes of registers, which no kernel may. This is an error in"
                    + " Octet: report it with the .cu file."),
    /** A folder of kernels for an unknown target. */
    UNKNOWN_TARGET(
            "OCTET-TOOL-010",
            "%s holds kernels for a target that this Octet does not know. Compile the network and its kernels with the"
                    + " same version of Octet."),
    /** A file that cannot be read or written. */
    FILE("OCTET-TOOL-011", "Cannot read or write %s: %s. Check its permissions and the space on its disk."),
    /** Warning: kernels were not assembled. */
    NO_ASSEMBLER(
            "OCTET-TOOL-012",
            "No ptxas found beside %s: the kernels were compiled but not checked, and no machine code (cubin) was made."
                    + " Install the complete CUDA toolkit and run the build again."),
    /** Warning: the cache does not work. */
    CACHE(
            "OCTET-TOOL-013",
            "The cache %s cannot be used (%s): kernels are compiled again in every clean build. Set octet.cache to a"
                    + " writable directory."),
    /** A setting that is not understood. */
    SETTING("OCTET-TOOL-014", "%s is \"%s\", expected %s. Correct the setting or leave it out."),
    /** Machine code is asked for that the assembler cannot make. */
    UNKNOWN_MACHINE(
            "OCTET-TOOL-015",
            "octet.cubins asks for %s, which %s does not have; it has %s. Leave them out of octet.cubins, or use"
                    + " another CUDA version."),
    /** The setting for NVRTC names no NVRTC. */
    NVRTC_PATH(
            "OCTET-TOOL-016",
            "octet.nvrtc is %s: %s. Name the jar org.bytedeco:cuda-redist:12.9-9.10-1.5.12:linux-x86_64 or a folder"
                    + " with the libraries of CUDA 12.9, or leave it out."),
    /** NVRTC is there but cannot be used. */
    NVRTC_UNUSABLE(
            "OCTET-TOOL-017",
            "NVRTC from %s cannot be used: %s. It needs Linux x86-64 with glibc, and JNA beside it (on javac's processor path); otherwise"
                    + " install a CUDA toolkit, or take NVRTC away and run on the device cpu."),
    /** The process around NVRTC ended or answered nonsense. */
    NVRTC_ENDED(
            "OCTET-TOOL-018",
            "The process of %s failed at kernel %s: %s. Run the build again; if it fails again at this kernel, report it"
                    + " with the .cu file."),
    /** Somebody or something wants the build to end. */
    INTERRUPTED("OCTET-TOOL-019", "%s was stopped: the build was interrupted. Run the build again."),
    /** Asynchronous products of matrices that the assembler lets wait for each other. */
    SERIAL(
            "OCTET-TOOL-020",
            "Kernel %s for %s would multiply matrices one after the other: \"%s\". This is an error in Octet: report it with"
                    + " the .cu file."),
    /** Warning, or error if all targets are asked for: a toolkit that is too old for a target. */
    OLD_TOOLKIT(
            "OCTET-TOOL-021",
            "%s cannot compile for %s. Name the nvcc of such a toolkit by octet.nvcc, or take %s out of @QuantizedNetwork."),
    /** A toolkit that is too old for all targets of a network. */
    NO_TARGET(
            "OCTET-TOOL-022",
            "%s cannot compile any kernel of %s: %s. Name the nvcc of such a toolkit by octet.nvcc, or add a target that"
                    + " this one compiles for to @QuantizedNetwork.");

    private final String id;
    private final String text;

    ToolchainCode(String id, String text) {
        this.id = id;
        this.text = text;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String text() {
        return text;
    }
}
