package dev.octet.tools.images;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.runtime.image.Preprocessing;
import dev.octet.tools.ToolsCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The PNG and JPEG files of a folder and its folders, in the order of their names. Links to folders are not followed. */
record ImageFolder(Path folder, List<String> names, Preprocessing preprocessing) implements NamedImages {
    static ImageFolder open(Path folder, Preprocessing preprocessing) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> name(folder.relativize(file)))
                    .toList();
            return new ImageFolder(folder, FileNames.images(folder, names), preprocessing);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", folder, StoredFiles.reason(e));
        } catch (UncheckedIOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", folder, StoredFiles.reason(e.getCause()));
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
