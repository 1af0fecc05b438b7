package dev.octet.cuda;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of the CUDA device. */
public enum CudaCode implements DiagnosticCode {
    /** A device that is not there. */
    NO_DEVICE(
            "OCTET-CUDA-001",
            "There is no device cuda:%d: %s. Choose another device, or \"best\" for the best that is there."),
    /** No kernels for this device. */
    NO_PROGRAM(
            "OCTET-CUDA-002",
            "%s has no kernels for %s, which has compute capability %s: it was compiled for %s. Add a target that this"
                    + " device can run to @QuantizedNetwork, or run on the device \"cpu\"."),
    /** The build compiled neither PTX nor machine code that fits. */
    NO_PTX(
            "OCTET-CUDA-003",
            "Kernel %s of %s has not been compiled for %s. Run the goal octet:ptx, which says what it lacks to compile it, or"
                    + " run on the device \"cpu\"."),
    /** The driver does not know the PTX version. */
    PTX_TOO_NEW(
            "OCTET-CUDA-004",
            "The driver of %s (CUDA %s) is too old for kernel %s, which needs PTX %s. Install a newer NVIDIA driver."),
    /** The driver's compiler refuses the PTX. */
    PTX_REFUSED(
            "OCTET-CUDA-005",
            "The driver of %s cannot load kernel %s: %s. %s The PTX may be damaged: build the network again."),
    /** The device's memory is full. */
    OUT_OF_MEMORY(
            "OCTET-CUDA-006",
            "%s has no memory for %s: %s asked, %s free. Use smaller batches or fewer sessions, or stop what else"
                    + " runs on this device."),
    /** The host's memory is full. */
    OUT_OF_HOST_MEMORY(
            "OCTET-CUDA-007",
            "The host has no page-locked memory for %s: %s asked. Use smaller batches or fewer sessions, or raise the"
                    + " limit of locked memory."),
    /** A launch was refused, or failed in a session that waits after every launch. */
    LAUNCH("OCTET-CUDA-008", "Kernel %s of layer %s failed on %s: %s. Please report it with the network's plan."),
    /** Something that was queued failed. */
    RUN(
            "OCTET-CUDA-009",
            "A run of %s failed on %s: %s. To find the kernel, open the network with Options.keepValues(true): it then"
                    + " waits after every kernel and names the one that fails."),
    /** The context is lost. */
    LOST(
            "OCTET-CUDA-010",
            "%s cannot be used by this process any more, since it answered: %s. Close its networks and start the"
                    + " process again."),
    /** Any other answer of the driver. */
    DRIVER("OCTET-CUDA-011", "The driver of %s failed to %s: %s. Check the driver's installation and its log."),
    /** Use after close. */
    CLOSED("OCTET-CUDA-012", "%s is closed. Open it again, or close it after its last use."),
    /** A launch that this version cannot do. */
    UNSUPPORTED(
            "OCTET-CUDA-013",
            "Kernel %s of %s needs %s, which this version of octet-cuda does not have. Use the version of Octet that"
                    + " compiled the network."),
    /** A plan, its weights or its constants do not belong together. */
    INCONSISTENT(
            "OCTET-CUDA-014",
            "The files of %s do not belong together: %s. Compile the network again and rebuild its weights."),
    /** A session larger than its network. */
    BATCH("OCTET-CUDA-015", "%s runs %d to %d images at once, not %d. Ask for a batch in this range."),
    /** A value that is not there to be read. */
    VALUE(
            "OCTET-CUDA-016",
            "Value %%%d of %s cannot be read: %s. Open the network with Options.keepValues(true), run it, and name a"
                    + " value of its plan."),
    /** A launch beyond what the device can. */
    LIMIT(
            "OCTET-CUDA-017",
            "Kernel %s of %s needs %s, but %s has at most %s. Lower the network's maxBatch, make the layer smaller, or"
                    + " run on the device \"cpu\"."),
    /** The driver refuses machine code, and there is nothing to compile instead. */
    CUBIN_REFUSED(
            "OCTET-CUDA-018",
            "The driver of %s (CUDA %s) cannot load the machine code of kernel %s: %s. The build left no PTX from which"
                    + " it could make its own. Install a newer NVIDIA driver, or run the goal octet:ptx again.");

    private final String id;
    private final String text;

    CudaCode(String id, String text) {
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
