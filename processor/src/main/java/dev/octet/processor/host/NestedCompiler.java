package dev.octet.processor.host;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.Trees;
import dev.octet.processor.HostCode;
import dev.octet.processor.report.Failure;
import dev.octet.processor.report.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles definitions, and what they use of their module, while the module is still being compiled: a second javac
 * whose files are those of the first.
 */
public final class NestedCompiler {
    private final ProcessingEnvironment environment;
    private final Trees trees;

    /** A compiler that sees what {@code environment} sees. */
    public NestedCompiler(ProcessingEnvironment environment, Trees trees) {
        this.environment = environment;
        this.trees = trees;
    }

    /**
     * Compiles definitions.
     *
     * @param definitions annotated classes with sources in this compilation
     * @param facades sources of typed classes that are not written yet, by binary name
     * @throws Failure with the first error, where the definitions do not compile
     */
    public NestedClasses compile(List<TypeElement> definitions, Map<String, String> facades) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<FacadeSource> facadeSources = new ArrayList<>();
        facades.forEach((name, text) -> facadeSources.add(new FacadeSource(name, text)));
        LibraryClasses classes = new LibraryClasses(environment);
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (NestedFiles files = new NestedFiles(
                javac.getStandardFileManager(diagnostics, null, null),
                new OuterPackages(environment, trees, classes),
                facadeSources)) {
            boolean compiled = javac.getTask(null, files, diagnostics, options(), null, roots(definitions))
                    .call();
            if (!compiled) {
                throw failure(diagnostics.getDiagnostics());
            }
            return new NestedClasses(files.output(), classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The language level of the outer compilation; -source, not --release, which takes longer and checks no more. */
    private List<String> options() {
        List<String> options = new ArrayList<>(List.of("-proc:none", "-implicit:class", "-Xlint:none", "-nowarn"));
        int source = environment.getSourceVersion().ordinal();
        if (environment.isPreviewEnabled()) {
            options.add("--enable-preview");
        }
        if (source < Runtime.version().feature() || environment.isPreviewEnabled()) {
            options.addAll(List.of("-source", String.valueOf(source)));
        }
        return options;
    }

    /** Sources of the definitions, each once: several definitions may share a file. */
    private List<SourceFile> roots(List<TypeElement> definitions) {
        Map<JavaFileObject, SourceFile> roots = new LinkedHashMap<>();
        for (TypeElement definition : definitions) {
            CompilationUnitTree unit = trees.getPath(definition).getCompilationUnit();
            String binaryName =
                    environment.getElementUtils().getBinaryName(definition).toString();
            roots.putIfAbsent(unit.getSourceFile(), new SourceFile(unit, binaryName));
        }
        return List.copyOf(roots.values());
    }

    private static Failure failure(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        Diagnostic<? extends JavaFileObject> error = diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("javac failed without an error"));
        Optional<Place> place = error.getSource() instanceof SourceFile source
                ? Optional.of(new Place(source.unit(), error.getLineNumber(), Optional.empty()))
                : Optional.empty();
        return new Failure(place, HostCode.DOES_NOT_COMPILE.message(onOneLine(error)));
    }

    private static String onOneLine(Diagnostic<?> error) {
        return error.getMessage(null).strip().replaceAll("\\s+", " ");
    }
}
