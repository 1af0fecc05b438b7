package dev.octet.processor.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * The nested compiler's files: its class path is what the outer compilation sees, plus typed classes that are not
 * written yet; its output stays in memory.
 */
final class NestedFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final OuterPackages packages;
    private final List<FacadeSource> facades;
    private final Map<String, MemoryClass> output = new TreeMap<>();

    NestedFiles(StandardJavaFileManager platform, OuterPackages packages, List<FacadeSource> facades) {
        super(platform);
        this.packages = packages;
        this.facades = facades;
        try {
            platform.setLocation(StandardLocation.CLASS_PATH, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was compiled, by binary name. */
    Map<String, MemoryClass> output() {
        return output;
    }

    @Override
    public boolean hasLocation(Location location) {
        return location == StandardLocation.CLASS_PATH
                || location != StandardLocation.SOURCE_PATH && super.hasLocation(location);
    }

    @Override
    public Iterable<JavaFileObject> list(Location location, String packageName, Set<Kind> kinds, boolean recurse)
            throws IOException {
        if (location != StandardLocation.CLASS_PATH) {
            return super.list(location, packageName, kinds, recurse);
        }
        List<JavaFileObject> files = new ArrayList<>(packages.list(packageName, kinds));
        if (kinds.contains(Kind.SOURCE)) {
            facades.stream()
                    .filter(facade -> packageOf(facade.binaryName()).equals(packageName))
                    .forEach(files::add);
        }
        return files;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        if (file instanceof SourceFile source) {
            return source.binaryName();
        } else if (file instanceof LibraryClass library) {
            return library.binaryName();
        } else if (file instanceof FacadeSource facade) {
            return facade.binaryName();
        }
        return super.inferBinaryName(location, file);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        return a.toUri().equals(b.toUri());
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String className, Kind kind, FileObject sibling) {
        MemoryClass file = new MemoryClass(className, sibling);
        output.put(className, file);
        return file;
    }

    private static String packageOf(String binaryName) {
        return binaryName.substring(0, Math.max(0, binaryName.lastIndexOf('.')));
    }
}
