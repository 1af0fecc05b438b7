package dev.octet.processor.host;

import com.sun.source.tree.CompilationUnitTree;
import dev.octet.plan.io.Sha256;
import dev.octet.processor.report.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The classes of a nested compilation, and where they come from. */
public final class NestedClasses {
    private static final int MOST_CALLERS = 3;

    private final Map<String, MemoryClass> compiled;
    private final LibraryClasses libraries;

    NestedClasses(Map<String, MemoryClass> compiled, LibraryClasses libraries) {
        this.compiled = compiled;
        this.libraries = libraries;
    }

    /** Whether a class has a source in the outer compilation. */
    boolean hasSource(String binaryName) {
        return compiled.containsKey(binaryName)
                && compiled.get(binaryName).unit().isPresent();
    }

    /**
     * What was compiled from sources of the outer compilation: a definition depends on some of these at least. Lines of
     * {@code <SHA-256> <path below the source root>}, in order. A source that cannot be read again is no file, and left
     * out: no build step could compare it.
     */
    public String sources() {
        SortedMap<String, String> digests = new TreeMap<>();
        for (MemoryClass file : compiled.values()) {
            file.unit()
                    .ifPresent(unit -> digests.computeIfAbsent(
                            path(unit), path -> digest(unit).orElse(null)));
        }
        StringBuilder lines = new StringBuilder();
        digests.forEach(
                (path, digest) -> lines.append(digest).append(' ').append(path).append('\n'));
        return lines.toString();
    }

    private static String path(CompilationUnitTree unit) {
        String file = unit.getSourceFile().getName();
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        return unit.getPackageName() == null
                ? name
                : unit.getPackageName().toString().replace('.', '/') + "/" + name;
    }

    private static Optional<String> digest(CompilationUnitTree unit) {
        try (InputStream in = unit.getSourceFile().openInputStream()) {
            return Optional.of(Sha256.hex(in.readAllBytes()));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** The bytes of a class, compiled now or before. */
    Optional<byte[]> bytes(String binaryName) {
        MemoryClass file = compiled.get(binaryName);
        return file != null ? Optional.of(file.bytes()) : libraries.find(binaryName);
    }

    /** The innermost line of a stack that has a source in the outer compilation, and the method that it called. */
    public Optional<Place> place(List<StackTraceElement> stack) {
        for (int i = 0; i < stack.size(); i++) {
            if (hasSource(stack.get(i).getClassName())) {
                Optional<String> callee =
                        i == 0 ? Optional.empty() : Optional.of(stack.get(i - 1).getMethodName());
                return place(stack.get(i).getClassName(), stack.get(i).getLineNumber(), callee);
            }
        }
        return Optional.empty();
    }

    /**
     * Where the innermost line of a stack that has a source was called from, as a sentence: a helper's line does not tell
     * for which layer it ran. Empty if it was not called from such lines.
     */
    String callers(List<StackTraceElement> stack) {
        List<String> lines = stack.stream()
                .filter(frame -> hasSource(frame.getClassName()))
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .distinct()
                .skip(1)
                .toList();
        if (lines.isEmpty()) {
            return "";
        }
        String more = lines.size() > MOST_CALLERS ? ", ..." : "";
        return " Called from " + String.join(", ", lines.subList(0, Math.min(MOST_CALLERS, lines.size()))) + more + ".";
    }

    /** A line of a class, if it has a source in the outer compilation. */
    public Optional<Place> place(String binaryName, long line, Optional<String> callee) {
        return Optional.ofNullable(compiled.get(binaryName))
                .flatMap(MemoryClass::unit)
                .map(unit -> new Place(unit, line, callee));
    }
}
