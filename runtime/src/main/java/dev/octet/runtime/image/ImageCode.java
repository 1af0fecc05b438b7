package dev.octet.runtime.image;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of image files, whoever reads them. */
public enum ImageCode implements DiagnosticCode {
    /** A file that cannot be read. */
    IO("OCTET-IMAGE-001", "Cannot read %s: %s. Check that it is there and its permissions."),
    /** A file in another format. */
    FORMAT("OCTET-IMAGE-002", "%s is neither a PNG nor a JPEG file: %s. Convert it to one of these, or take it away."),
    /** A file that contradicts itself, or ends too early. */
    DAMAGED("OCTET-IMAGE-003", "%s is damaged: %s. Copy or make it again, or take it away."),
    /** A variant that Java does not decode. */
    VARIANT(
            "OCTET-IMAGE-004",
            "%s cannot be decoded: %s. Save it as a usual PNG file or as a baseline JPEG file in RGB."),
    /** An image beyond what is decoded. */
    TOO_LARGE(
            "OCTET-IMAGE-005",
            "%s is too large: %s. At most %d bytes are read of a file, and %d bytes of pixels decoded with this heap. Scale"
                    + " the image down, or give Java more memory by -Xmx."),
    /** A port that images cannot be for. */
    NO_IMAGE_PORT("OCTET-IMAGE-006", "%s has no image input '%s'. Its inputs are %s. Name one of the images."),
    /** A JVM without image support. */
    NO_DECODER(
            "OCTET-IMAGE-007",
            "This Java has no usable %s decoder (%s). Use a JDK or JRE with the module java.desktop and its libraries.");

    private final String id;
    private final String text;

    ImageCode(String id, String text) {
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
