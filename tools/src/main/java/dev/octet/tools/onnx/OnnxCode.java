package dev.octet.tools.onnx;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of the import of ONNX files. */
public enum OnnxCode implements DiagnosticCode {
    /** A file that the operating system does not give. */
    UNREADABLE("OCTET-ONNX-001", "%s cannot be read: %s. Check the path and its permissions."),
    /** Bytes that are no ONNX model, or contradict themselves. */
    MALFORMED("OCTET-ONNX-002", "%s is not a valid ONNX model: %s. Give the .onnx file, or export the model again."),
    /** A version of ONNX's operators that the importer does not know. */
    OPSET(
            "OCTET-ONNX-003",
            "%s uses version %d of ONNX's operators; Octet imports %d to %d. Export it with one of these."),
    /** Weights beside the model that cannot be found, or may not be looked for. */
    EXTERNAL_DATA(
            "OCTET-ONNX-004",
            "Tensor '%s' of %s lies in an external file: %s. Put that file where the exporter wrote it, below the"
                    + " model's folder."),
    /** Operators that the definition language does not have. */
    UNSUPPORTED(
            "OCTET-ONNX-005",
            "%d of %d nodes of %s cannot be imported. Replace them in the model before it is exported, or write the"
                    + " definition by hand:%s"),
    /** An input whose extents the file leaves open, or that is none of Octet's. */
    INPUT_SHAPE(
            "OCTET-ONNX-006",
            "Input '%s' of %s has the shape %s: %s. Give the shape of one image, without the batch, by the option"
                    + " shape: '%s=3x224x224', for example."),
    /** An option that cannot be. */
    OPTION("OCTET-ONNX-007", "Option %s is \"%s\": %s. Correct it or leave it out."),
    /** A file in the way. */
    EXISTS("OCTET-ONNX-008", "%s exists and has other content. Choose another name, or let it be replaced by %s."),
    /** More than the importer holds. */
    TOO_LARGE("OCTET-ONNX-009", "%s is not imported: %s. Divide the model."),
    /** A network that the definition language refuses. */
    DEFINITION("OCTET-ONNX-010", "The definition of %s would be refused: %s"),
    /** An option that names nothing of the model. */
    UNKNOWN_INPUT("OCTET-ONNX-011", "Option %s names input '%s', but %s has %s.%s Use one of these.");

    private final String id;
    private final String text;

    OnnxCode(String id, String text) {
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
