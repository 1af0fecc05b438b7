package dev.octet.examples.operator;

import dev.octet.compiler.extension.KernelExtension;
import dev.octet.compiler.kernel.ExtensionSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.graph.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The kernel of {@link AbsoluteDifference}: the same float operations in CUDA. */
public final class AbsoluteDifferenceKernel implements KernelExtension {
    @Override
    public String operator() {
        return AbsoluteDifference.NAME;
    }

    @Override
    public String element() {
        return """
                const float x = x0(args, image, channel, row, column);
                const float y = x1(args, image, channel, row, column);
                return fabsf(__fmaf_rn(x, constants[0], -__fmul_rn(y, constants[1])));
                """;
    }

    /** The result is never negative, so it is unsigned, or signed where a concatenation wants it so. */
    @Override
    public List<ExtensionSpec> examples() {
        List<ElementType> types = List.of(ElementType.S8, ElementType.U8);
        List<Extent> extents = List.of(new Extent(5, 3, 17, 32), new Extent(1, 1, 1, 16), new Extent(8, 8, 64, 64));
        List<ExtensionSpec> examples = new ArrayList<>();
        for (ElementType x : types) {
            for (ElementType y : types) {
                for (ElementType out : types) {
                    extents.forEach(extent -> examples.add(example(x, y, out, extent)));
                }
            }
        }
        return examples;
    }

    private static ExtensionSpec example(ElementType x, ElementType y, ElementType out, Extent extent) {
        List<ExtensionSpec.Operand> operands =
                List.of(new ExtensionSpec.Operand(x, extent), new ExtensionSpec.Operand(y, extent));
        return new ExtensionSpec(AbsoluteDifference.NAME, new TreeMap<>(), operands, out, extent);
    }
}
