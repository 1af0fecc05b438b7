package dev.octet.processor;

import java.util.Optional;

/** Source text of typed classes. */
final class FacadeText {
    private FacadeText() {}

    static String of(Facade facade, Optional<Contract> contract, String planHash) {
        String header = facade.packageName().isEmpty() ? "" : "package " + facade.packageName() + ";\n";
        return header + "public final class " + facade.className() + " { public static final String HASH = \""
                + planHash + "\"; public static final int MAX_BATCH = "
                + contract.map(Contract::maxBatch).orElse(1) + "; }\n";
    }
}
