package dev.octet.tools.images;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.BoundedInput;
import dev.octet.plan.io.StoredFiles;
import dev.octet.tools.ToolsCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An array as NumPy saves it (format 1.0 to 3.0): a magic, the length of a header, the header as a Python dictionary, then the
 * elements in C order.
 *
 * @param type element type without its byte order, such as {@code u1} or {@code f4}
 * @param shape extents, outermost first
 * @param data the elements, of the array's byte order
 */
record NumpyArray(String type, List<Integer> shape, ByteBuffer data) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MOST_HEADER = 1 << 16;
    private static final int MOST_EXTENTS = 8;
    private static final int SHARE_OF_MEMORY = 4;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z])([0-9]{1,2})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

    /**
     * Reads a file.
     *
     * @param of what it should hold, for messages
     * @throws OctetException {@link ImagesCode#NUMPY}, {@link ToolsCode#TOO_LARGE} or {@link ToolsCode#IO}
     */
    static NumpyArray read(Path file, String of) {
        int limit = (int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = (Files.size(file) <= limit
                            ? BoundedInput.read(in, limit)
                            : java.util.Optional.<byte[]>empty())
                    .orElseThrow(() -> new OctetException(ToolsCode.TOO_LARGE, file, limit));
            return parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new OctetException(e, ImagesCode.NUMPY, file, of, e.getMessage());
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", file, StoredFiles.reason(file, e));
        }
    }

    /** Reads a file's bytes. Throws {@link IllegalArgumentException} that says in what it is wrong. */
    static NumpyArray parse(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        require(
                file.length >= 10 && ByteBuffer.wrap(file, 0, 6).equals(ByteBuffer.wrap(MAGIC)),
                "it does not begin as one");
        int major = file[6];
        require(major >= 1 && major <= 3, "it is of format " + Byte.toUnsignedInt(file[6]));
        in.position(8);
        require(major == 1 || in.remaining() >= 4, "it is cut off");
        long length = major == 1 ? Short.toUnsignedInt(in.getShort()) : Integer.toUnsignedLong(in.getInt());
        require(
                length <= Math.min(MOST_HEADER, in.remaining()),
                "its header of " + length + " bytes is cut off, or too long");
        String header = new String(file, in.position(), (int) length, StandardCharsets.ISO_8859_1);
        in.position(in.position() + (int) length);
        return parse(header, in.slice());
    }

    private static NumpyArray parse(String header, ByteBuffer data) {
        Matcher type = only(TYPE, header, "element type");
        require(only(ORDER, header, "order").group(1).equals("False"), "it is in Fortran order");
        List<Integer> shape = shape(only(SHAPE, header, "shape").group(1));
        int bytes = Integer.parseInt(type.group(3));
        long elements = 1;
        for (int extent : shape) {
            elements = Math.min(elements * extent, Integer.MAX_VALUE);
        }
        require(
                elements * bytes == data.capacity(),
                "it says that it has " + elements + " elements of " + bytes + " bytes, and there are " + data.capacity()
                        + " bytes");
        require(!type.group(1).equals("|") || bytes == 1, "its elements have no byte order");
        data.order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return new NumpyArray(type.group(2) + bytes, shape, data);
    }

    private static List<Integer> shape(String text) {
        List<String> extents = Stream.of(text.split(","))
                .map(String::strip)
                .filter(extent -> !extent.isEmpty())
                .toList();
        require(
                !extents.isEmpty()
                        && extents.size() <= MOST_EXTENTS
                        && extents.stream()
                                .allMatch(extent -> extent.matches("[0-9]{1,9}") && Integer.parseInt(extent) > 0),
                "its shape is (" + text.substring(0, Math.min(80, text.length())) + ")");
        return extents.stream().map(Integer::valueOf).toList();
    }

    private static Matcher only(Pattern pattern, String header, String what) {
        Matcher matcher = pattern.matcher(header);
        require(matcher.find(), "its header has no plain " + what);
        Matcher more = pattern.matcher(header);
        require(more.find(matcher.start()) && !more.find(), "its header has more than one " + what);
        return matcher;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
