package dev.octet.tools.onnx.file;

/** Texts of a model in messages. */
public final class ModelText {
    private static final int LONGEST = 600;

    private ModelText() {}

    /** A text of the model for a message: on one line, and not too long. */
    public static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
