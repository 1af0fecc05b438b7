package dev.octet.tools.images;

import dev.octet.plan.diag.OctetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which files of a folder or archive are images, in an order that does not depend on the operating system. */
final class FileNames {
    private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg");
    private static final Set<String> OTHERS = Set.of(
            "avif", "bmp", "gif", "heic", "heif", "jfif", "jp2", "jpe", "jxl", "npy", "npz", "pgm", "ppm", "tif",
            "tiff", "webp", "zip", "tar", "gz", "tgz", "7z", "rar");

    private FileNames() {}

    /**
     * The names of the images, sorted by their characters; texts and hidden files beside them are left alone.
     *
     * @param place for messages
     * @param names below the place, with {@code /} between their parts
     * @throws OctetException {@link ImagesCode#OTHER_FORMATS} or {@link ImagesCode#NO_IMAGES}
     */
    static List<String> images(Path place, Collection<String> names) {
        List<String> visible =
                names.stream().filter(name -> !isHidden(name)).sorted().toList();
        List<String> others =
                visible.stream().filter(name -> OTHERS.contains(ending(name))).toList();
        if (!others.isEmpty()) {
            throw new OctetException(ImagesCode.OTHER_FORMATS, place, others.size(), others.get(0));
        }
        List<String> images = visible.stream().filter(FileNames::isImage).toList();
        if (images.isEmpty()) {
            throw new OctetException(ImagesCode.NO_IMAGES, place);
        }
        return new ArrayList<>(images);
    }

    /** Files that desktops put beside others. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.contains("/.") || name.startsWith("__MACOSX/");
    }

    /** Whether a name is that of an image. */
    static boolean isImage(String name) {
        return IMAGES.contains(ending(name));
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
