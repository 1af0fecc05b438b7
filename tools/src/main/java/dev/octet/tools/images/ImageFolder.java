package dev.octet.tools.images;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.runtime.image.Preprocessing;
import dev.octet.tools.ToolsCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The PNG and JPEG files of a folder and its folders, in the order of their names. The folder may be a link; links within it are
 * followed to files of it, and others are refused.
 */
record ImageFolder(Path folder, List<String> names, Preprocessing preprocessing) implements NamedImages {
    /**
     * Lists a folder.
     *
     * @throws OctetException {@link ImagesCode#LINK}, {@link ImagesCode#OTHER_FORMATS}, {@link ImagesCode#NO_IMAGES} or
     *     {@link ToolsCode#IO}
     */
    static ImageFolder open(Path folder, Preprocessing preprocessing) {
        try {
            return new ImageFolder(folder, FileNames.images(folder, names(folder, folder.toRealPath())), preprocessing);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", folder, StoredFiles.reason(e));
        } catch (UncheckedIOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", folder, StoredFiles.reason(e.getCause()));
        }
    }

    private static List<String> names(Path folder, Path root) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = name(root.relativize(file));
                if (Files.isSymbolicLink(file)) {
                    check(folder, root, file, name);
                }
                if (Files.isRegularFile(file)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** A link to what would be left out without a word, or is none of the folder's images, is refused. */
    private static void check(Path folder, Path root, Path link, String name) throws IOException {
        boolean isFolder = Files.isDirectory(link);
        if (FileNames.isHidden(name) || !isFolder && !FileNames.isImage(name)) {
            return;
        }
        if (!Files.exists(link)) {
            throw new OctetException(ImagesCode.LINK, folder.resolve(name), "nothing", folder);
        }
        Path real = link.toRealPath();
        if (isFolder || !real.startsWith(root)) {
            throw new OctetException(ImagesCode.LINK, folder.resolve(name), real, folder);
        }
    }

    private static String name(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
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
        return preprocessing.read(folder.resolve(names.get(i)));
    }
}
