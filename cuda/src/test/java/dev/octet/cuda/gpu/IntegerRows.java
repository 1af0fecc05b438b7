package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import java.util.List;

/**
 * The catalogue's rows whose kernels compute in integers. Those on floats have no case of one operator here: their operands
 * lie as only other kernels lay them. They are compared in whole networks, see the zoo's mixed networks.
 */
final class IntegerRows {
    private IntegerRows() {}

    static List<KernelCatalog.Row> all() {
        return KernelCatalog.rows().stream()
                .filter(row -> !(row.examples().get(0) instanceof KernelSpec.OfFloats))
                .toList();
    }
}
