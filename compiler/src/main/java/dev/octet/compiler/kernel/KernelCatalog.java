package dev.octet.compiler.kernel;

import dev.octet.compiler.extension.KernelExtensions;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every kernel variant that the compiler may ask for: the only list of kernels. Tests and benchmarks walk it, and a
 * plan that needs a variant without a row is refused, so no kernel is shipped untested.
 */
public final class KernelCatalog {
    private static final List<ElementType> INTEGERS = List.of(ElementType.S8, ElementType.U8);
    private static final List<Row> ROWS = Arrays.stream(Target.values())
            .flatMap(target -> variants(target).map(examples -> Row.of(target, examples)))
            .toList();

    private KernelCatalog() {}

    /**
     * A kernel variant of a target.
     *
     * @param target GPU family
     * @param variant as in {@link KernelSpec#variant()}
     * @param examples small specifications that reach every branch of the variant: odd sizes, one and many channels,
     *     padding lanes, strides
     */
    public record Row(Target target, String variant, List<KernelSpec> examples) {
        public Row {
            Objects.requireNonNull(target);
            Objects.requireNonNull(variant);
            examples = List.copyOf(examples);
        }

        private static Row of(Target target, List<? extends KernelSpec> examples) {
            return new Row(target, examples.get(0).variant(), List.copyOf(examples));
        }

        @Override
        public String toString() {
            return target.text() + " " + variant;
        }
    }

    /** All rows, ordered by target and family. */
    public static List<Row> rows() {
        return ROWS;
    }

    /** Whether a target has a kernel for a specification. */
    public static boolean contains(Target target, KernelSpec spec) {
        return ROWS.stream()
                .anyMatch(row -> row.target() == target && row.variant().equals(spec.variant()));
    }

    /** Examples of operators from outside, by variant. */
    private static Collection<List<ExtensionSpec>> extensions() {
        return KernelExtensions.all().stream()
                .flatMap(extension -> extension.examples().stream())
                .collect(Collectors.groupingBy(KernelSpec::variant, TreeMap::new, Collectors.toList()))
                .values();
    }

    private static Stream<List<? extends KernelSpec>> variants(Target target) {
        List<List<? extends KernelSpec>> variants = new ArrayList<>();
        variants.add(ExampleSpecs.quantize());
        variants.add(ExampleSpecs.quantizeFloat());
        for (ElementType in : INTEGERS) {
            for (ElementType out : INTEGERS) {
                for (Optional<ElementType> residual : residuals()) {
                    variants.add(ExampleSpecs.conv2d(in, out, residual));
                    variants.add(ExampleSpecs.depthwise(in, out, residual));
                    variants.add(ExampleSpecs.grouped(in, out, residual));
                    variants.add(ExampleSpecs.dense(in, out, residual));
                }
                for (ElementType y : INTEGERS) {
                    variants.add(ExampleSpecs.add(in, y, out));
                }
            }
            variants.add(ExampleSpecs.conv2d(in, ElementType.F32, Optional.empty()));
            variants.add(ExampleSpecs.depthwise(in, ElementType.F32, Optional.empty()));
            variants.add(ExampleSpecs.grouped(in, ElementType.F32, Optional.empty()));
            variants.add(ExampleSpecs.dense(in, ElementType.F32, Optional.empty()));
            variants.add(ExampleSpecs.maxPool(in));
            variants.add(ExampleSpecs.rescale(in, ElementType.S8));
            variants.add(ExampleSpecs.rescale(in, ElementType.U8));
            variants.add(ExampleSpecs.dequantize(in));
            for (ElementType out : meansOf(in)) {
                variants.add(ExampleSpecs.globalAvgPool(in, out));
                variants.add(ExampleSpecs.avgPool(in, out));
            }
        }
        if (target == Target.SM_80 || target == Target.SM_90A) {
            INTEGERS.forEach(in -> INTEGERS.forEach(out -> variants.add(ExampleSpecs.pooledConv2d(in, out))));
        }
        variants.addAll(extensions());
        variants.add(ExampleSpecs.gate(ElementType.U8, ElementType.U8, ElementType.U8));
        for (ElementType x : INTEGERS) {
            for (ElementType gate : INTEGERS) {
                variants.add(ExampleSpecs.gate(x, gate, ElementType.S8));
            }
        }
        variants.add(ExampleSpecs.lookup());
        variants.add(ExampleSpecs.upsample());
        variants.addAll(ExampleSpecs.moveChannels());
        variants.addAll(FloatExampleSpecs.variants());
        return variants.stream();
    }

    /** A mean of signed values is signed; one of unsigned values may join signed ones. */
    private static List<ElementType> meansOf(ElementType in) {
        return in == ElementType.S8 ? List.of(ElementType.S8) : INTEGERS;
    }

    private static List<Optional<ElementType>> residuals() {
        return Stream.concat(
                        Stream.of(Optional.<ElementType>empty()),
                        INTEGERS.stream().map(Optional::of))
                .toList();
    }
}
