package dev.octet.processor.report;

import com.sun.source.tree.Tree;
import com.sun.source.util.Trees;
import java.util.Optional;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/** Prints messages on the line that they belong to. */
public final class Reporter {
    private final Messager messager;
    private final Optional<Trees> trees;

    /** A reporter that places messages by {@code trees} where there are any. */
    public Reporter(Messager messager, Optional<Trees> trees) {
        this.messager = messager;
        this.trees = trees;
    }

    /** Prints an error: at the failure's place, else at the annotation of {@code definition}. */
    public void error(TypeElement definition, Failure failure) {
        errorForLater(definition, failure).run();
    }

    /** Finds an error's position now, while javac still has the trees of its source, and prints it when run. */
    Runnable errorForLater(TypeElement definition, Failure failure) {
        return forLater(Diagnostic.Kind.ERROR, definition, failure);
    }

    private Runnable forLater(Diagnostic.Kind kind, TypeElement definition, Failure failure) {
        if (failure.place().isEmpty() || trees.isEmpty()) {
            return () -> print(kind, definition, failure.getMessage());
        }
        Place place = failure.place().get();
        Tree tree = tree(place);
        return () -> trees.get().printMessage(kind, failure.getMessage(), tree, place.unit());
    }

    /** Prints an error that belongs to no line. */
    public void error(String message) {
        messager.printMessage(Diagnostic.Kind.ERROR, message);
    }

    /** Prints as a warning what does not stop the build: at its place, else at the annotation of {@code definition}. */
    public void warning(TypeElement definition, Failure failure) {
        forLater(Diagnostic.Kind.WARNING, definition, failure).run();
    }

    /** Prints a warning that belongs to no line. */
    public void warning(String message) {
        messager.printMessage(Diagnostic.Kind.WARNING, message);
    }

    /** Prints a note without a line. */
    public void note(String message) {
        messager.printMessage(Diagnostic.Kind.NOTE, message);
    }

    private Tree tree(Place place) {
        return new CallsOfLine(place.unit())
                .find(place)
                .map(Tree.class::cast)
                .orElseGet(
                        () -> TreeOfLine.find(place.unit(), trees.orElseThrow().getSourcePositions(), place.line()));
    }

    private void print(Diagnostic.Kind kind, TypeElement definition, String message) {
        for (AnnotationMirror annotation : definition.getAnnotationMirrors()) {
            Element type = annotation.getAnnotationType().asElement();
            if (type instanceof TypeElement named
                    && named.getQualifiedName().contentEquals("dev.octet.dsl.QuantizedNetwork")) {
                messager.printMessage(kind, message, definition, annotation);
                return;
            }
        }
        messager.printMessage(kind, message, definition);
    }
}
