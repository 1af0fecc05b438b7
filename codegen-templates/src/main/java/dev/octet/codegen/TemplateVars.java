package dev.octet.codegen;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The variables of one template: a record whose constructor refuses, with the reason, parameters that the template
 * cannot serve. Every method of the record that takes nothing and returns a whole number, a boolean or a string is a
 * variable of that name, components and default methods of its interfaces included; methods that return anything else
 * are not visible to the template.
 */
public interface TemplateVars {
    /** The template's path below {@code templates/}. */
    String template();

    /** Variables that are lists or maps, for templates that repeat a part. */
    default Map<String, Object> structured() {
        return Map.of();
    }

    /** The variables of {@code vars} by name. */
    static SortedMap<String, Object> values(TemplateVars vars) {
        SortedMap<String, Object> values = new TreeMap<>(vars.structured());
        Stream<Method> own = Stream.of(vars.getClass().getDeclaredMethods());
        Stream<Method> shared = Stream.of(vars.getClass().getMethods()).filter(Method::isDefault);
        Stream.concat(own, shared)
                .filter(TemplateVars::isVariable)
                .forEach(method -> values.put(method.getName(), value(method, vars)));
        return values;
    }

    private static boolean isVariable(Method method) {
        boolean plain =
                Set.of(int.class, long.class, boolean.class, String.class).contains(method.getReturnType());
        boolean own = !Set.of("toString", "hashCode", "template").contains(method.getName());
        boolean accessor = method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers());
        return plain && own && accessor && !method.isSynthetic() && !Modifier.isPrivate(method.getModifiers());
    }

    private static Object value(Method method, TemplateVars vars) {
        try {
            method.setAccessible(true);
            return method.invoke(vars);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + method, e);
        }
    }
}
