package dev.octet.processor;

import java.util.Objects;

/**
 * Names around a typed class.
 *
 * @param packageName package of the definition, empty for the unnamed one
 * @param definition binary name of the definition
 * @param className simple name of the typed class
 */
record Facade(String packageName, String definition, String className) {
    Facade {
        Objects.requireNonNull(packageName);
        Objects.requireNonNull(definition);
        Objects.requireNonNull(className);
    }

    /** Binary name of the typed class. */
    String binaryName() {
        return packageName.isEmpty() ? className : packageName + "." + className;
    }
}
