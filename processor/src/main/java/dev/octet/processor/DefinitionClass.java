package dev.octet.processor;

import dev.octet.processor.report.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** An annotated class: its names, and whether it can be run. */
final class DefinitionClass {
    private static final String DEFINITION = "dev.octet.dsl.NetworkDefinition";

    private final ProcessingEnvironment environment;
    private final TypeElement type;

    DefinitionClass(ProcessingEnvironment environment, TypeElement type) {
        this.environment = environment;
        this.type = type;
    }

    /** Names of the typed class: {@code Outer.Inner} becomes {@code Outer_InnerNetwork}. */
    Facade facade() {
        Elements elements = environment.getElementUtils();
        Deque<String> names = new ArrayDeque<>();
        for (Element e = type; e instanceof TypeElement; e = e.getEnclosingElement()) {
            names.push(e.getSimpleName().toString());
        }
        return new Facade(
                elements.getPackageOf(type).getQualifiedName().toString(),
                elements.getBinaryName(type).toString(),
                String.join("_", names) + "Network");
    }

    /** Refuses what has no object that {@code define} could be called on. */
    void requireRunnable() {
        require(type.getKind() == ElementKind.CLASS || type.getKind() == ElementKind.RECORD, "it is not a class");
        Set<Modifier> modifiers = type.getModifiers();
        require(!modifiers.contains(Modifier.ABSTRACT), "it is abstract");
        require(isStatic(), "it, or a class around it, is an inner class");
        require(implementsDefinition(), "it does not implement NetworkDefinition");
        require(hasConstructor(), "it has no such constructor");
    }

    private boolean isStatic() {
        TypeElement current = type;
        while (current.getNestingKind() == NestingKind.MEMBER) {
            if (!current.getModifiers().contains(Modifier.STATIC)) {
                return false;
            }
            current = (TypeElement) current.getEnclosingElement();
        }
        return current.getNestingKind() == NestingKind.TOP_LEVEL;
    }

    private boolean implementsDefinition() {
        TypeElement definition = environment.getElementUtils().getTypeElement(DEFINITION);
        return definition != null && environment.getTypeUtils().isAssignable(type.asType(), definition.asType());
    }

    private boolean hasConstructor() {
        List<ExecutableElement> constructors = ElementFilter.constructorsIn(type.getEnclosedElements());
        return constructors.stream()
                .anyMatch(constructor -> constructor.getParameters().isEmpty()
                        && !constructor.getModifiers().contains(Modifier.PRIVATE));
    }

    private void require(boolean holds, String reason) {
        if (!holds) {
            throw new Failure(HostCode.NOT_A_DEFINITION, type.getQualifiedName(), reason);
        }
    }
}
