package dev.octet.processor;

import java.lang.reflect.InvocationTargetException;
import javax.annotation.processing.ProcessingEnvironment;

/**
 * Finds javac's own environment behind the one that IntelliJ IDEA's build passes to processors: {@code Trees} refuses
 * anything else. IDEA offers {@code APIWrappers.unwrap} for this, in the class loader of its wrapper.
 */
final class JavacEnvironment {
    private static final String WRAPPERS = "org.jetbrains.jps.javac.APIWrappers";

    private JavacEnvironment() {}

    /** What {@code environment} wraps; itself if it is no such wrapper. */
    static ProcessingEnvironment of(ProcessingEnvironment environment) {
        ClassLoader loader = environment.getClass().getClassLoader();
        try {
            Object unwrapped = Class.forName(WRAPPERS, true, loader)
                    .getMethod("unwrap", Class.class, Object.class)
                    .invoke(null, ProcessingEnvironment.class, environment);
            return unwrapped instanceof ProcessingEnvironment javac ? javac : environment;
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
            return environment;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("IntelliJ IDEA does not show its compiler", e.getCause());
        }
    }
}
