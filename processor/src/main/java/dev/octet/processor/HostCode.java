package dev.octet.processor;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of the annotation processor: options, the annotated class, the run of its definition, its weights. */
public enum HostCode implements DiagnosticCode {
    /** An option that does not exist. */
    UNKNOWN_OPTION("OCTET-HOST-001", "There is no option %s. The options are %s. Correct or remove -A%s."),
    /** An option with a value that it does not take. */
    OPTION_VALUE("OCTET-HOST-002", "Option %s is \"%s\", but it takes %s. Correct -A%s."),
    /** Two versions of the definition language. */
    DSL_VERSION(
            "OCTET-HOST-003",
            "The class path has version %s of octet-dsl, the annotation processor is %s. Use the same version of both."),
    /** An annotated type that cannot be run. */
    NOT_A_DEFINITION(
            "OCTET-HOST-004",
            "%s cannot be run: %s. A definition is a class, static if it is nested, that implements NetworkDefinition"
                    + " and has a constructor without parameters that is not private."),
    /** An annotation that contradicts itself. */
    ANNOTATION("OCTET-HOST-005", "The annotation of %s is wrong: %s. Correct it."),
    /** A file that could not be written. */
    OUTPUT("OCTET-HOST-006", "%s cannot be written: %s. Remove what is in the way, or rename the definition."),
    /** A definition that does not compile, or not by itself. */
    DOES_NOT_COMPILE(
            "OCTET-HOST-007",
            "The definition is compiled and run ahead of its module, and that failed here: %s. Correct this line; what"
                    + " a definition uses must come from sources and libraries, not from other annotation processors."),
    /** A bias that is trained but not declared. */
    MISSING_BIAS(
            "OCTET-HOST-008",
            "%s has a tensor %s, but this layer adds no bias. If it was trained with one, write %s; otherwise export"
                    + " without it."),
    /** A definition that threw something. */
    EXCEPTION("OCTET-HOST-009", "define threw %s: %s. Correct this line, or what it calls."),
    /** A definition whose runs differ. */
    NOT_DETERMINISTIC(
            "OCTET-HOST-010",
            "Two runs of define differ, first here: %s, then %s. A definition must record the same each time: no random"
                    + " numbers, time, files or static state."),
    /** A definition that does not end. */
    TIMEOUT(
            "OCTET-HOST-011",
            "define did not end within %d seconds and was here. End the loop, or allow more time by"
                    + " -Aoctet.timeout=<seconds>."),
    /** No weights file. */
    NO_WEIGHTS(
            "OCTET-HOST-012",
            "There is no weights file %s. Searched: %s. Put it there, or name its folder by -Aoctet.dir=<folder>."),
    /** A tensor that the weights file does not have. */
    UNKNOWN_TENSOR("OCTET-HOST-013", "%s has no tensor %s.%s Correct the name, or the weights."),
    /** A tensor of a shape that the definition does not imply. */
    TENSOR_SHAPE(
            "OCTET-HOST-014",
            "Tensor %s of %s has shape %s, but this call needs %s. Correct the call, or the weights."),
    /** A tensor of integers. */
    TENSOR_TYPE("OCTET-HOST-015", "Tensor %s of %s has type %s. Export it as F32, F16 or BF16."),
    /** Tensors that no layer reads. */
    UNUSED_TENSORS(
            "OCTET-HOST-016",
            "Tensors of %2$s that the network does not use (%1$d): %3$s. Check the names of layers, or export without"
                    + " them."),
    /** A compiler that shows no sources. */
    NOT_JAVAC(
            "OCTET-HOST-017",
            "This compiler is not javac, so %s is not traced: its typed class is generated, but no plan. Build the"
                    + " module with javac to run the network."),
    /** A definition that cannot be seen as source. */
    NO_SOURCE("OCTET-HOST-018", "%s has no source in this compilation. Compile its source file, not its class file."),
    /** Classes that are not written to a folder. */
    NO_FOLDER(
            "OCTET-HOST-019",
            "octet.ptx needs class files in a folder, but they go to %s. Leave it out, and compile the kernels later"
                    + " with the goal octet:ptx."),
    /** A class path on which typed classes do not compile. */
    NO_RUNTIME(
            "OCTET-HOST-020",
            "%s cannot be generated: it uses dev.octet.runtime, which is not on the class path. Add octet-runtime to"
                    + " the dependencies."),
    /** Class files without a folder of their own. */
    NO_CLASS_FOLDER(
            "OCTET-HOST-021",
            "Without -d, javac puts class files beside their sources and has no place for META-INF/octet. Give -d"
                    + " <folder>."),
    /** A tuning log that cannot be read. */
    TUNING_LOG(
            "OCTET-HOST-022",
            "The tuning log %s cannot be read: %s. Correct -Aoctet.tuning, or leave it out: schedules are then estimated."),
    /** A defect of the processor. */
    INTERNAL(
            "OCTET-HOST-900",
            "%s could not be compiled: %s. This is a defect of Octet; please report it with this trace:\n%s");

    private final String id;
    private final String text;

    HostCode(String id, String text) {
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
