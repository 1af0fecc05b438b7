package dev.octet.runtime.diag;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of loading, running and calibrating networks. */
public enum RuntimeCode implements DiagnosticCode {
    /** A device that is not there. */
    NO_DEVICE("OCTET-RUN-001", "There is no device '%s'. Devices here: %s.%s Name one of these, or 'best'."),
    /** FP32 on a device that has only INT8. */
    NO_FLOATS(
            "OCTET-RUN-002",
            "Device '%s' cannot do this in FP32: it runs INT8 networks, and may calibrate only if it can count values. Use"
                    + " device 'cpu', or Precision.INT8."),
    /** No plan on the class path. */
    NO_PLAN(
            "OCTET-RUN-003",
            "No plan of %s on the class path: %s is missing. The annotation processor writes it; compile the"
                    + " definition with octet-processor, and keep META-INF/octet when you repackage jars."),
    /** No quantised weights. */
    NO_WEIGHTS(
            "OCTET-RUN-004",
            "No quantised weights of %s: %s is missing. The goal octet:weights makes them in Maven's phase process-classes, which"
                    + " 'mvn compile' does not reach: run 'mvn process-classes', and in the same command what needs them, such"
                    + " as octet:evaluate. Without Maven run 'octet weights', or quantise at load with Options.weights(path of"
                    + " the .safetensors file)."),
    /** No calibration table. */
    NO_CALIBRATION(
            "OCTET-RUN-005",
            "No calibration table of %1$s: %2$s is missing. Make one of a few hundred training images by 'mvn compile"
                    + " octet:calibrate -Doctet.network=%1$s -Doctet.images=<place>' and build again. Without"
                    + " Maven run 'octet calibrate', or use dev.octet.runtime.Calibrator and name the table with"
                    + " Options.calibration(path)."),
    /** Weights of another network. */
    FOREIGN_WEIGHTS(
            "OCTET-RUN-006",
            "The quantised weights of %s were made for graph %s, but its plan has graph %s. Run octet:weights again."),
    /** A resource or file that cannot be read. */
    UNREADABLE("OCTET-RUN-007", "Cannot read %s: %s. Check that the file or jar is complete and readable."),
    /** A resource beyond any sensible size. */
    OVERSIZED(
            "OCTET-RUN-008",
            "%s has more than %d bytes and cannot be what its name says. Build or calibrate the network again."),
    /** FP32 without float weights. */
    NO_FLOAT_WEIGHTS(
            "OCTET-RUN-009",
            "FP32 needs the float weights of %s. Name the .safetensors file with Options.weights(path)."),
    /** An input passed as what it is not. */
    INPUT_KIND(
            "OCTET-RUN-010",
            "Input '%s' of %s is %s, which takes a %s, got %s. Pass images as bytes and other inputs as floats; of a"
                    + " Session use input(name) and floatInput(name)."),
    /** A batch outside the allowed range. */
    BATCH("OCTET-RUN-011", "%d images in a batch, but %s takes 1 to %d. Split the images or raise maxBatch."),
    /** Input of the wrong size. */
    INPUT_SIZE(
            "OCTET-RUN-012",
            "Input '%s' needs %d %s for a batch of %d with shape %s (%s), got %d. Resize the images to this shape, or correct"
                    + " their number."),
    /** An output buffer without room. */
    OUTPUT_SIZE(
            "OCTET-RUN-013",
            "Output '%s' needs room for %d floats for a batch of %d, the buffer has %d%s. Pass a larger buffer that can be"
                    + " written."),
    /** A call for networks with one image input and one output. */
    PORTS(
            "OCTET-RUN-014",
            "This call takes networks with one input, an image, and one output; %s has inputs %s and outputs %s. Use the"
                    + " methods of its typed class, or those with a list of buffers."),
    /** An unknown port. */
    NO_PORT("OCTET-RUN-015", "%s has no %s '%s', only %s. Use one of these."),
    /** An unknown value. */
    NO_VALUE("OCTET-RUN-016", "%s has no value '%s'. Values: %s. Use one of these."),
    /** A session that does not keep values. */
    NOT_KEPT(
            "OCTET-RUN-017",
            "Values of %s are overwritten during a run. Open the network with Options.keepValues(true) to read them."),
    /** A closed network. */
    CLOSED("OCTET-RUN-018", "Network %s is closed. Open it again, or close it after the last call."),
    /** A closed session. */
    SESSION_CLOSED("OCTET-RUN-019", "This session of %s is closed. Make another with newSession()."),
    /** A thread that was interrupted while it waited. */
    INTERRUPTED(
            "OCTET-RUN-020",
            "Interrupted while waiting for one of %d sessions of %s. Raise maxConcurrency if calls wait too long."),
    /** Not enough memory. */
    OUT_OF_MEMORY(
            "OCTET-RUN-021",
            "A session of %d bytes for %d images does not fit into the Java heap of at most %d bytes. Lower maxBatch"
                    + " or maxConcurrency, or raise -Xmx."),
    /** A batch whose values exceed what an array can hold. */
    BATCH_TOO_LARGE(
            "OCTET-RUN-022",
            "A session for %d images would need %d bytes, more than 2^31 of them in one array or buffer. Lower maxBatch."),
    /** A kernel's file whose content is not what was written. */
    DAMAGED_KERNEL(
            "OCTET-RUN-023",
            "%s is damaged, or was made for another kernel than %s. Run octet:ptx again, and copy or repackage the jar"
                    + " as a whole."),
    /** A value that was asked for before anything ran. */
    NOT_RUN("OCTET-RUN-024", "Value '%s' of %s is not there: this session has no finished run. Call run first."),
    /** Weights for which the heap is too small. */
    LOAD_MEMORY(
            "OCTET-RUN-025",
            "The weights of %s take %d bytes while they are loaded, and do not fit into the Java heap of at most %d"
                    + " bytes. Raise -Xmx."),
    /** No memory for a session's buffers. */
    DIRECT_MEMORY(
            "OCTET-RUN-026",
            "The buffers of a session of %s for %d images take %d bytes outside of the Java heap, more than is left."
                    + " Lower maxBatch, close sessions, or raise -XX:MaxDirectMemorySize (otherwise that of -Xmx)."),
    /** Another number of buffers than ports. */
    PORT_COUNT("OCTET-RUN-027", "%s has %d %ss (%s), but got %d buffers. Pass one for each, in this order."),
    /** Options that exclude each other. */
    RANGES_CONFLICT(
            "OCTET-RUN-028",
            "%s is to be opened with ranges of each batch and with %s, which exclude each other. Leave out one of them."),
    /** A device whose constants cannot be replaced. */
    NO_BATCH_RANGES(
            "OCTET-RUN-029",
            "Device '%s' cannot change ranges from run to run. Calibrate the network, or use another device such as 'cpu'."),
    /** A calibration without images. */
    NO_EXAMPLES("OCTET-RUN-030", "No images to calibrate %s with. Give a few hundred training images."),
    /** A calibration image of the wrong size. */
    EXAMPLE_SIZE("OCTET-RUN-031", "Calibration image %d does not fit %s: %s"),
    /** An activation that is no number. */
    NOT_FINITE(
            "OCTET-RUN-032",
            "Value '%s' of %s is not finite on the calibration images %d to %d. The weights, the image format or the"
                    + " values of a float input are wrong; compare FP32 results with those of the framework that trained them."),
    /** An activation that is no number, in a run that finds its own ranges. */
    BATCH_NOT_FINITE(
            "OCTET-RUN-033",
            "Value '%s' of %s is not finite on this batch of %d images, so that it has no range. A float input may hold a"
                    + " NaN or an infinity, or numbers far beyond those that the network was trained on; check the inputs."),
    /** A profile on a device without a clock. */
    NO_CLOCK(
            "OCTET-RUN-034",
            "Device '%s' cannot profile %s: how long its steps take says nothing about any hardware. Profile on a GPU or on"
                    + " the device 'cpu'."),
    /** A calibration on a device without the kernels for it. */
    NO_FLOAT_PROGRAM(
            "OCTET-RUN-035",
            "%s has no float program, which a calibration on device '%s' runs: %s is missing. Clean, compile the definition with"
                    + " -Aoctet.floats=true and run octet:ptx, or calibrate on 'cpu'."),
    /** A float program that an earlier build left. */
    FOREIGN_FLOATS(
            "OCTET-RUN-036",
            "The float program %s was compiled from another definition of %s. Clean, and compile the definition with"
                    + " -Aoctet.floats=true, or calibrate on 'cpu'.");

    private final String id;
    private final String text;

    RuntimeCode(String id, String text) {
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
