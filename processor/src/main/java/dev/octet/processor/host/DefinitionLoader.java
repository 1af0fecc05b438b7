package dev.octet.processor.host;

import dev.octet.dsl.NetworkDefinition;

/**
 * Loads definitions and what they use. Only the JDK and Octet's language come from outside: libraries of other annotation
 * processors must not shadow those of the module.
 */
final class DefinitionLoader extends ClassLoader {
    private static final String LANGUAGE = "dev.octet.dsl.";

    private final NestedClasses classes;
    private volatile boolean closed;

    DefinitionLoader(NestedClasses classes) {
        super("octet-definitions", ClassLoader.getPlatformClassLoader());
        this.classes = classes;
    }

    /** Refuses further loading: a run that was given up must not read the outer compiler's state behind its back. */
    void close() {
        closed = true;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(LANGUAGE)) {
            return Class.forName(name, false, NetworkDefinition.class.getClassLoader());
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (closed) {
            throw new ClassNotFoundException(name + ", loaded after the time limit");
        }
        byte[] bytes = classes.bytes(name).orElseThrow(() -> new ClassNotFoundException(name));
        return defineClass(name, bytes, 0, bytes.length);
    }
}
