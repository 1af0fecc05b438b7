package dev.octet.processor.host;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URLConnection;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * Reads compiled classes from where the outer compilation has them, by public API: its class path through the
 * {@code Filer}; from JDK 18 its module path too. Octet's own language is in the processor's jar anyway.
 */
final class LibraryClasses {
    /** The first JDK with {@code Elements.getFileObjectOf}. */
    static final int FIRST_WITH_MODULE_PATH = 18;

    private static final String OWN_LANGUAGE = "dev.octet.dsl.";

    private final ProcessingEnvironment environment;

    LibraryClasses(ProcessingEnvironment environment) {
        this.environment = environment;
    }

    /** The class file of a class, if it can be found. */
    Optional<byte[]> find(String binaryName) {
        Optional<byte[]> own = binaryName.startsWith(OWN_LANGUAGE) ? fromThisJar(binaryName) : Optional.empty();
        return own.or(() -> fromClassPath(binaryName)).or(() -> fromFileOfElement(binaryName));
    }

    private Optional<byte[]> fromThisJar(String binaryName) {
        String path = "/" + binaryName.replace('.', '/') + ".class";
        try (InputStream in = LibraryClasses.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> fromClassPath(String binaryName) {
        int dot = binaryName.lastIndexOf('.');
        String packageName = dot < 0 ? "" : binaryName.substring(0, dot);
        try {
            FileObject file = environment
                    .getFiler()
                    .getResource(StandardLocation.CLASS_PATH, packageName, binaryName.substring(dot + 1) + ".class");
            return Optional.of(read(file));
        } catch (IOException | RuntimeException e) {
            // Not there; what a file manager throws then differs between tools.
            return Optional.empty();
        }
    }

    /** The file of the class itself or, for local classes, which are no elements, beside that of the enclosing one. */
    private Optional<byte[]> fromFileOfElement(String binaryName) {
        int end = binaryName.length();
        while (end > 0) {
            TypeElement type = environment.getElementUtils().getTypeElement(binaryName.substring(0, end));
            Optional<FileObject> file = type == null ? Optional.empty() : fileOf(type);
            if (file.isPresent()) {
                return beside(file.get(), binaryName.substring(binaryName.lastIndexOf('.') + 1));
            }
            end = binaryName.lastIndexOf('$', end - 1);
        }
        return Optional.empty();
    }

    /** {@code Elements.getFileObjectOf}, which JDK 17 does not have yet. */
    private Optional<FileObject> fileOf(TypeElement type) {
        try {
            return Optional.ofNullable((FileObject) Elements.class
                    .getMethod("getFileObjectOf", Element.class)
                    .invoke(environment.getElementUtils(), type));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> beside(FileObject file, String simpleName) {
        String uri = file.toUri().toString();
        if (!uri.endsWith(".class")) {
            return Optional.empty();
        }
        try {
            URLConnection connection = URI.create(uri.substring(0, uri.lastIndexOf('/') + 1) + simpleName + ".class")
                    .toURL()
                    .openConnection();
            // A cached jar would stay open, and stale, in compilers that live on.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return Optional.of(in.readAllBytes());
            }
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] read(FileObject file) throws IOException {
        try (InputStream in = file.openInputStream()) {
            return in.readAllBytes();
        }
    }
}
