package dev.octet.compiler.extension;

import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;

/** Finds the kernels that jars beside Octet bring. */
public final class KernelExtensions {
    private static final List<KernelExtension> ALL =
            ServiceLoader.load(KernelExtension.class, KernelExtension.class.getClassLoader()).stream()
                    .map(Provider::get)
                    .toList();

    private KernelExtensions() {}

    /** All that Octet's class loader sees. */
    public static List<KernelExtension> all() {
        return ALL;
    }

    /** The extension of an operator whose kernel the catalogue has. */
    public static KernelExtension find(String operator) {
        return ALL.stream()
                .filter(extension -> extension.operator().equals(operator))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kernel of operator " + operator));
    }
}
