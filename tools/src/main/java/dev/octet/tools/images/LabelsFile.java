package dev.octet.tools.images;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.BoundedInput;
import dev.octet.plan.io.StoredFiles;
import dev.octet.tools.ImageSet;
import dev.octet.tools.Images;
import dev.octet.tools.ToolsCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Classes of images from a file: a text of lines {@code name class} or {@code name,class}, or of classes alone in the images'
 * order, if its name ends in {@code .txt}, {@code .csv} or {@code .tsv}; a NumPy array of integers if it ends in {@code .npy};
 * else an idx file or raw bytes. A first line whose class is no number is a heading. Empty lines and lines that begin with
 * {@code #} are left out.
 */
final class LabelsFile {
    private static final int MOST_BYTES = 1 << 28;
    private static final String FORMS =
            "Lines are 'name class' or 'name,class', or classes alone in the order of the images.";

    private final Path file;
    private final Images images;

    private LabelsFile(Path file, Images images) {
        this.file = file;
        this.images = images;
    }

    /** The class of every image. Throws {@link OctetException} {@link ImagesCode#LABELS} or {@link ToolsCode#LABELS}. */
    static int[] read(Path file, Images images) {
        LabelsFile labels = new LabelsFile(file, images);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        int[] classes;
        if (name.endsWith(".txt") || name.endsWith(".csv") || name.endsWith(".tsv")) {
            classes = labels.text();
        } else if (name.endsWith(".npy")) {
            classes = labels.array();
        } else {
            classes = ImageSet.read(file, 1).labels();
        }
        if (classes.length != images.size()) {
            throw new OctetException(ToolsCode.LABELS, images.size(), classes.length);
        }
        return classes;
    }

    private OctetException wrong(String found) {
        return new OctetException(ImagesCode.LABELS, file, found, FORMS);
    }

    private int[] array() {
        NumpyArray array = NumpyArray.read(file, "integers of shape N");
        if (array.shape().size() != 1 || !array.type().matches("[iu][1248]")) {
            throw new OctetException(
                    ImagesCode.NUMPY,
                    file,
                    "integers of shape N",
                    "it has elements " + array.type() + " and shape " + array.shape());
        }
        return IntStream.range(0, array.shape().get(0))
                .map(i -> {
                    long number = switch (array.type()) {
                        case "u1" -> Byte.toUnsignedInt(array.data().get(i));
                        case "i1" -> array.data().get(i);
                        case "u2" -> Short.toUnsignedInt(array.data().getShort(2 * i));
                        case "i2" -> array.data().getShort(2 * i);
                        case "u4" -> Integer.toUnsignedLong(array.data().getInt(4 * i));
                        case "i4" -> array.data().getInt(4 * i);
                        default -> array.data().getLong(8 * i);
                    };
                    // Nothing beyond is a class: the check of classes names the image.
                    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, number));
                })
                .toArray();
    }

    private int[] text() {
        List<String[]> lines = lines();
        if (lines.isEmpty()) {
            throw wrong("it has no lines");
        }
        boolean named = lines.get(0).length == 2;
        for (int i = 0; i < lines.size(); i++) {
            if ((lines.get(i).length == 2) != named) {
                throw wrong("some lines have names and others do not");
            }
        }
        if (!named) {
            return lines.stream().mapToInt(cells -> number(cells[0])).toArray();
        }
        if (!(images instanceof NamedImages)) {
            throw wrong("it has names, and the images have none");
        }
        return byName((NamedImages) images, lines);
    }

    /** Cells of the lines: a name, which may have spaces, and a class, or a class alone. */
    private List<String[]> lines() {
        List<String[]> lines = new ArrayList<>();
        boolean first = true;
        for (String line : content().split("\\R")) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String[] cells = cells(text);
            if (!first || cells[cells.length - 1].matches("[0-9]+")) {
                lines.add(cells);
            }
            first = false;
        }
        return lines;
    }

    private static String[] cells(String line) {
        int comma = line.lastIndexOf(',');
        int at = comma >= 0 ? comma : Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
        if (at < 0) {
            return new String[] {unquoted(line)};
        }
        return new String[] {
            unquoted(line.substring(0, at).strip()),
            unquoted(line.substring(at + 1).strip())
        };
    }

    private static String unquoted(String cell) {
        boolean quoted = cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"");
        return quoted ? cell.substring(1, cell.length() - 1) : cell;
    }

    private String content() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = BoundedInput.read(in, MOST_BYTES)
                    .orElseThrow(() -> new OctetException(ToolsCode.TOO_LARGE, file, MOST_BYTES));
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", file, StoredFiles.reason(file, e));
        }
    }

    private int number(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw wrong("'" + text.substring(0, Math.min(60, text.length())) + "' is no number of a class");
        }
        return Integer.parseInt(text);
    }

    /** Lines name images by their whole name below the folder, or by that of their file; other lines are of other images. */
    private int[] byName(NamedImages named, List<String[]> lines) {
        Map<String, Integer> classes = new HashMap<>();
        for (String[] cells : lines) {
            Integer before = classes.put(cells[0], number(cells[1]));
            if (before != null && before != number(cells[1])) {
                throw wrong("it has two classes for " + cells[0]);
            }
        }
        return IntStream.range(0, named.size())
                .map(i -> {
                    String name = named.name(i);
                    Integer found = classes.getOrDefault(name, classes.get(name.substring(name.lastIndexOf('/') + 1)));
                    if (found == null) {
                        throw wrong("it has no class for " + name);
                    }
                    return found;
                })
                .toArray();
    }
}
