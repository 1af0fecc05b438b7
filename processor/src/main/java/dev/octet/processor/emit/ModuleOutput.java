package dev.octet.processor.emit;

import dev.octet.compiler.Compilation;
import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.text.LinesText;
import dev.octet.plan.text.MeasuredText;
import dev.octet.plan.text.PlanText;
import dev.octet.processor.HostCode;
import dev.octet.processor.report.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/** The class output of the module: what one network writes, and the kernels that networks share. */
public final class ModuleOutput {
    private final Filer filer;
    private final Set<String> kernels = new HashSet<>();
    private Optional<Written> written = Optional.empty();

    /** An output that writes through {@code filer}. */
    public ModuleOutput(Filer filer) {
        this.filer = filer;
    }

    /**
     * Writes a plan, that of the float program if there is one, the name of its weights file, its precision file, what it was
     * compiled from, the lines that made its values, the names of its kernels that times chose, and those of its kernels that no
     * other network wrote; returns the plan's hash.
     */
    public String write(
            Compilation compilation,
            String weights,
            String precision,
            SortedSet<String> measured,
            String sources,
            TypeElement definition) {
        byte[] plan = PlanText.write(compilation.plan());
        String network = compilation.plan().network();
        writeResource(ResourcePaths.plan(network), plan, definition);
        writeResource(ResourcePaths.weightsSource(network), utf8(weights + "\n"), definition);
        writeResource(ResourcePaths.precision(network), utf8(precision), definition);
        writeResource(ResourcePaths.measured(network), utf8(MeasuredText.write(measured)), definition);
        writeResource(ResourcePaths.sources(network), utf8(sources), definition);
        writeResource(ResourcePaths.lines(network), utf8(LinesText.write(compilation.plan())), definition);
        compilation
                .floats()
                .ifPresent(floats -> writeResource(ResourcePaths.floats(network), PlanText.write(floats), definition));
        for (KernelSource kernel : compilation.kernels()) {
            String path = ResourcePaths.kernel(kernel.target(), kernel.hash(), "cu");
            if (kernels.add(path)) {
                writeResource(path, utf8(kernel.text()), definition);
            }
        }
        return PlanText.hash(plan);
    }

    /**
     * The root of the class output, if anything was written.
     *
     * @throws Failure if it is not a folder
     */
    public Optional<Path> root() {
        return written.map(Written::root);
    }

    /** Writes a typed class. */
    public void writeClass(String name, String text, TypeElement definition) {
        try (Writer out = filer.createSourceFile(name, definition).openWriter()) {
            out.write(ascii(text));
        } catch (IOException | InvalidPathException e) {
            throw new Failure(HostCode.OUTPUT, "class " + name, e.getMessage());
        }
    }

    /** Java source that says the same in every encoding: the compilation's own may lack characters of its class names. */
    private static String ascii(String source) {
        StringBuilder ascii = new StringBuilder(source.length());
        for (char c : source.toCharArray()) {
            ascii.append(c < 0x80 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return ascii.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void writeResource(String path, byte[] bytes, TypeElement definition) {
        try {
            FileObject file = filer.createResource(StandardLocation.CLASS_OUTPUT, "", path, definition);
            try (OutputStream out = file.openOutputStream()) {
                out.write(bytes);
            }
            written = Optional.of(new Written(file.toUri(), path));
        } catch (IOException | InvalidPathException e) {
            throw new Failure(HostCode.OUTPUT, path, e.getMessage());
        }
    }

    /**
     * Refuses a javac without {@code -d}: it would write every resource, whatever its path, straight into the current
     * folder.
     */
    public void requireClassFolder() {
        String path = ResourcePaths.plan("x");
        URI uri;
        try {
            uri = filer.getResource(StandardLocation.CLASS_OUTPUT, "", path).toUri();
        } catch (IOException | RuntimeException e) {
            // Not there yet; file managers of other tools say so in this way.
            return;
        }
        if ("file".equals(uri.getScheme()) && !Path.of(uri).endsWith(path)) {
            throw new Failure(HostCode.NO_CLASS_FOLDER);
        }
    }

    /** A resource that was written, and what its location ends in. */
    private record Written(URI uri, String path) {
        Path root() {
            if (!"file".equals(uri.getScheme()) || !Path.of(uri).endsWith(path)) {
                throw new Failure(HostCode.NO_FOLDER, uri);
            }
            Path root = Path.of(uri);
            for (int i = 0; i < Path.of(path).getNameCount(); i++) {
                root = root.getParent();
            }
            return root;
        }
    }
}
