package dev.octet.plan.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Recognises what lies in a file instead of what should: other tools' formats by their first bytes, pages that a
 * download saved, stand-ins of Git LFS. Only asked once a reader has refused the file, since a good file may begin alike.
 */
public final class ForeignContent {
    /** Bytes of a file's start that {@link #describe} looks at. */
    public static final int LOOKED_AT = 512;

    private static final int NAME_IN_ZIP = 30;
    private static final int TAG_IN_TFLITE = 4;
    private static final int PROTOBUF_VARINT_FIELD_1 = 0x08;
    private static final int NEWEST_ONNX = 31;
    private static final int PICKLE = 0x80;
    private static final List<Form> FORMS = List.of(
            new Form(
                    "version https://git-lfs",
                    0,
                    Content.other("it is a Git LFS pointer, not the file itself", "run 'git lfs pull'")),
            new Form(
                    "\u0089HDF\r\n\u001a\n",
                    0,
                    Content.format("an HDF5 file, as Keras writes", "save it as safetensors")),
            new Form(
                    "\u0012\u0001\0\0\0\0\0\0", 0, Content.format("parameters of MXNet", "save them with safetensors")),
            new Form("GGUF", 0, Content.format("a GGUF file", "use the safetensors that it was made from")),
            new Form("TFL3", TAG_IN_TFLITE, Content.format("a TensorFlow Lite model", "save it as safetensors")),
            new Form("\u0093NUMPY", 0, Content.format("a NumPy array", "save it with safetensors")),
            new Form("\u0089PNG\r\n\u001a\n", 0, Content.format("a PNG image", "")),
            new Form("\u00ff\u00d8\u00ff", 0, Content.format("a JPEG image", "")),
            new Form("\u001f\u008b", 0, Content.other("it is compressed by gzip", "unpack it")),
            new Form("\u00ff\u00fe", 0, Content.other("it is UTF-16 text", "save it as UTF-8")),
            new Form("\u00fe\u00ff", 0, Content.other("it is UTF-16 text", "save it as UTF-8")),
            new Form(
                    "\u00ef\u00bb\u00bf",
                    0,
                    Content.other("it begins with a byte order mark", "save it as UTF-8 without one")),
            new Form("\u00ef\u00bf\u00bd", 0, Content.other("it is not UTF-8 text", "")));

    private ForeignContent() {}

    /** Bytes, as characters of ISO 8859-1, at a position of a file. */
    private record Form(String magic, int position, Content content) {
        boolean fits(String start) {
            return start.startsWith(magic, position);
        }
    }

    /**
     * What a file holds.
     *
     * @param what it is
     * @param advice what to do, of another tool's format with the weights in it; empty if there is nothing to say
     * @param isFormat whether it is another tool's format
     */
    private record Content(String what, String advice, boolean isFormat) {
        static Content format(String name, String advice) {
            return new Content("it looks like " + name, advice, true);
        }

        static Content other(String what, String advice) {
            return new Content(what, advice, false);
        }

        String words() {
            return advice.isEmpty() ? what : what + "; " + advice;
        }
    }

    /**
     * What lies in a file that should be an ONNX model; nothing is recognised in what begins like one, damaged or not. Other
     * tools' formats are named without the advice to save their weights.
     *
     * @param file its bytes, at least the first {@link #LOOKED_AT}
     * @return words that follow "the file is no model: ", or empty if nothing is recognised
     */
    public static Optional<String> insteadOfModel(byte[] file) {
        if (isSafetensors(file)) {
            return Optional.of("it looks like a safetensors file, which holds weights but no graph");
        }
        return isOnnx(file)
                ? Optional.empty()
                : content(file).map(content -> content.isFormat() ? content.what() : content.words());
    }

    /** The length of a header in JSON, which is less than 4 GiB, then its first brace. */
    private static boolean isSafetensors(byte[] bytes) {
        return bytes.length > Long.BYTES
                && bytes[Long.BYTES] == '{'
                && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() >>> Integer.SIZE == 0;
    }

    /**
     * What a file seems to be, and what to do.
     *
     * @param file its bytes, at least the first {@link #LOOKED_AT}
     * @return words that follow "the file cannot be read: ", or empty if nothing is recognised
     */
    public static Optional<String> describe(byte[] file) {
        return content(file).map(Content::words);
    }

    private static Optional<Content> content(byte[] file) {
        byte[] bytes = Arrays.copyOf(file, Math.min(file.length, LOOKED_AT));
        String start = new String(bytes, StandardCharsets.ISO_8859_1);
        if (isPage(start)) {
            return Optional.of(
                    Content.other("it starts like a web page", "download the file itself, not the page about it"));
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return Optional.of(archive(start.substring(Math.min(NAME_IN_ZIP, start.length()))));
        }
        if (isPickle(bytes)) {
            return Optional.of(Content.format("a PyTorch file of the old form", "save it with safetensors"));
        }
        if (isOnnx(bytes)) {
            return Optional.of(Content.format("an ONNX model", "save its weights as safetensors"));
        }
        return FORMS.stream().filter(form -> form.fits(start)).findFirst().map(Form::content);
    }

    /** The same for a text that was read as UTF-8. */
    public static Optional<String> describe(String text) {
        return describe(text.substring(0, Math.min(text.length(), LOOKED_AT)).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPage(String start) {
        String text = start.stripLeading().toLowerCase(Locale.ROOT);
        return text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<?xml");
    }

    /** By the name of the first entry. */
    private static Content archive(String name) {
        if (name.contains(".npy")) {
            return Content.format("an archive of NumPy arrays", "save them with safetensors");
        }
        return name.contains("data.pkl") || name.contains("/version") || name.contains(".format_version")
                ? Content.format("a PyTorch file", "save its state_dict with safetensors")
                : Content.format("a zip archive, such as PyTorch and Keras write", "save the weights with safetensors");
    }

    /** Opcode PROTO, then a protocol from 2 to 5, then not the zeros of a small number. */
    private static boolean isPickle(byte[] bytes) {
        return bytes.length > 2
                && Byte.toUnsignedInt(bytes[0]) == PICKLE
                && bytes[1] >= 2
                && bytes[1] <= 5
                && bytes[2] != 0;
    }

    /** ONNX's ModelProto: its version, then the producer's name, the version's domain or the graph, each of known tag. */
    private static boolean isOnnx(byte[] bytes) {
        return bytes.length > 2
                && bytes[0] == PROTOBUF_VARINT_FIELD_1
                && bytes[1] > 0
                && bytes[1] <= NEWEST_ONNX
                && List.of((byte) 0x12, (byte) 0x1a, (byte) 0x22, (byte) 0x3a, (byte) 0x42)
                        .contains(bytes[2]);
    }
}
