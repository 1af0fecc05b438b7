package dev.octet.processor;

import dev.octet.dsl.DslVersion;
import dev.octet.processor.report.Failure;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Definitions are compiled against the class path's language but run with the processor's: both must be the same. */
final class DslVersionCheck {
    private DslVersionCheck() {}

    static void check(Elements elements) {
        String found = version(elements.getTypeElement(DslVersion.class.getName()));
        if (!found.equals(DslVersion.CURRENT)) {
            throw new Failure(HostCode.DSL_VERSION, found, DslVersion.CURRENT);
        }
    }

    private static String version(TypeElement type) {
        if (type != null) {
            for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
                if (field.getSimpleName().contentEquals("CURRENT")) {
                    return String.valueOf(field.getConstantValue());
                }
            }
        }
        return "unknown";
    }
}
