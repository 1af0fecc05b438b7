package dev.octet.tools.images;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.image.Preprocessing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The PNG and JPEG files of a zip archive, in the order of their names. Nothing is unpacked to the disk; an entry is unpacked in
 * memory when it is asked for, as far as an image file may be long, and only if it begins like one. The archive stays open as long
 * as this is reachable.
 */
final class ImageArchive implements NamedImages {
    private static final int MAGIC = 8;

    private final Path file;
    private final ZipFile archive;
    private final Map<String, ZipEntry> entries;
    private final List<String> names;
    private final Preprocessing preprocessing;

    private ImageArchive(Path file, ZipFile archive, Map<String, ZipEntry> entries, Preprocessing preprocessing) {
        this.file = file;
        this.archive = archive;
        this.entries = entries;
        this.names = FileNames.images(file, entries.keySet());
        this.preprocessing = preprocessing;
    }

    static ImageArchive open(Path file, Preprocessing preprocessing) {
        ZipFile archive;
        try {
            archive = new ZipFile(file.toFile());
        } catch (IOException | IllegalArgumentException e) {
            throw new OctetException(e, ImagesCode.ARCHIVE, file, reason(e));
        }
        boolean good = false;
        try {
            ImageArchive images = new ImageArchive(file, archive, entries(file, archive), preprocessing);
            good = true;
            return images;
        } finally {
            if (!good) {
                close(archive);
            }
        }
    }

    private static void close(ZipFile archive) {
        try {
            archive.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static Map<String, ZipEntry> entries(Path file, ZipFile archive) {
        Map<String, ZipEntry> entries = new TreeMap<>();
        Enumeration<? extends ZipEntry> all = archive.entries();
        try {
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                String name = entry.getName();
                if (isOutside(name)) {
                    throw new OctetException(
                            ImagesCode.ARCHIVE, file, "its entry '" + printable(name) + "' would lie outside of it");
                }
                if (!entry.isDirectory() && entries.put(name, entry) != null) {
                    throw new OctetException(ImagesCode.ARCHIVE, file, "it has two entries '" + printable(name) + "'");
                }
            }
        } catch (IllegalArgumentException e) {
            throw new OctetException(e, ImagesCode.ARCHIVE, file, "an entry is damaged (" + e.getMessage() + ")");
        }
        return entries;
    }

    /** Nothing is written by these names, but an archive that has them is not what it should be. */
    private static boolean isOutside(String name) {
        return name.isEmpty()
                || name.startsWith("/")
                || name.contains("\\")
                || name.matches("(?s)[A-Za-z]:.*")
                || List.of(name.split("/", -1)).contains("..");
    }

    private static String printable(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 100 ? plain : plain.substring(0, 100) + "...";
    }

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public String name(int i) {
        return names.get(i);
    }

    @Override
    public byte[] get(int i) {
        String name = names.get(i);
        try (InputStream unpacked = archive.getInputStream(entries.get(name));
                BufferedInputStream in = new BufferedInputStream(unpacked)) {
            in.mark(MAGIC);
            byte[] start = in.readNBytes(MAGIC);
            in.reset();
            String shown = file + "!/" + printable(name);
            // Of a large entry that is no image the first bytes are enough.
            return Preprocessing.isImage(start) ? preprocessing.read(shown, in) : preprocessing.read(shown, start);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new OctetException(
                    e, ImagesCode.ARCHIVE, file, "its entry '" + printable(name) + "' is damaged (" + reason(e) + ")");
        }
    }
}
