package dev.octet.plan.extension;

import dev.octet.plan.PlanCode;
import dev.octet.plan.diag.OctetException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the operators that jars beside Octet bring. */
public final class OperatorExtensions {
    private OperatorExtensions() {}

    /**
     * The extension of a name, seen from Octet's class loader or else from the thread's.
     *
     * @throws OctetException {@link PlanCode#NO_EXTENSION} if there is none
     */
    public static OperatorExtension find(String name) {
        List<String> found = new ArrayList<>();
        for (ClassLoader loader : List.of(
                OperatorExtension.class.getClassLoader(), Thread.currentThread().getContextClassLoader())) {
            for (OperatorExtension extension : ServiceLoader.load(OperatorExtension.class, loader)) {
                if (extension.name().equals(name)) {
                    return extension;
                }
                found.add(extension.name());
            }
        }
        throw new OctetException(PlanCode.NO_EXTENSION, name, found);
    }
}
