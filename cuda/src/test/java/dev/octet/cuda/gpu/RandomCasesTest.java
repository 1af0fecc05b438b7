package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.cuda.gpu.RandomCases.RandomCase;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Activation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a GPU: what the random cases cover, and that the oracle's results say something. */
class RandomCasesTest {
    private static List<RandomCase> convolutions(Target target) {
        return RandomCases.of(target, RandomCases::convolutions, 2);
    }

    private static List<RandomCase> denseAndPools(Target target) {
        return RandomCases.of(target, RandomCases::denseAndPools, 1);
    }

    @ParameterizedTest
    @EnumSource
    void areManyAndAllDifferent(Target target) {
        assertThat(convolutions(target)).hasSizeGreaterThanOrEqualTo(200);
        assertThat(denseAndPools(target)).hasSizeGreaterThanOrEqualTo(50);
        Set<KernelSpec> specs = new HashSet<>();
        convolutions(target).forEach(c -> specs.add(c.spec()));
        assertThat(specs).hasSizeGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource
    void meetEveryRowOfTheCatalogue(Target target) {
        List<RandomCase> cases = new ArrayList<>();
        List.<ToIntFunction<KernelSpec>>of(
                        RandomCases::convolutions,
                        RandomCases::denseAndPools,
                        RandomCases::groups,
                        RandomCases::bytewise,
                        RandomCases::floats)
                .forEach(shapes -> cases.addAll(RandomCases.of(target, shapes, 1)));
        Set<String> rows = KernelCatalog.rows().stream()
                .filter(row -> row.target() == target)
                .map(KernelCatalog.Row::variant)
                .collect(Collectors.toSet());
        assertThat(cases.stream().map(c -> c.spec().variant()).collect(Collectors.toSet()))
                .isEqualTo(rows);
    }

    @ParameterizedTest
    @EnumSource
    void reachBothKindsOfGroupsAndLargeWindowsAndGaps(Target target) {
        List<KernelSpec> specs = RandomCases.of(target, RandomCases::groups, 2).stream()
                .map(RandomCase::spec)
                .toList();
        assertThat(specs)
                .filteredOn(s -> s instanceof KernelSpec.Grouped g && g.isOfWords())
                .hasSizeGreaterThan(30);
        assertThat(specs)
                .filteredOn(s -> s instanceof KernelSpec.Grouped g && !g.isOfWords())
                .hasSizeGreaterThan(30);
        assertThat(specs)
                .filteredOn(
                        s -> s instanceof KernelSpec.Depthwise d && d.window().kernelW() > 7)
                .hasSizeGreaterThan(3);
        assertThat(specs)
                .filteredOn(
                        s -> s instanceof KernelSpec.Depthwise d && d.window().isDilated())
                .hasSizeGreaterThan(30);
        assertThat(convolutions(target))
                .filteredOn(c -> ((KernelSpec.Conv2d) c.spec()).window().isDilated())
                .hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource
    void meetEveryScheduleOften(Target target) {
        SortedMap<String, Integer> met = new TreeMap<>();
        convolutions(target).forEach(c -> c.schedules().forEach(s -> met.merge(s.canonicalName(), 1, Integer::sum)));
        int schedules = switch (target) {
            case SM_61 -> 18;
            case SM_75 -> 6;
            case SM_80 -> 7;
            case SM_90A -> 30;
        };
        assertThat(met).hasSize(schedules);
        // Tiles with a halo suit a tenth of the shapes.
        assertThat(met)
                .allSatisfy((name, count) -> assertThat(count)
                        .as("%s of %s", name, met)
                        .isGreaterThanOrEqualTo(name.startsWith("h") ? 4 : 10));
    }

    @ParameterizedTest
    @EnumSource
    void haveEveryBatchStrideFillAndUnevenPadding(Target target) {
        List<RandomCase> cases = convolutions(target);
        List<KernelSpec.Conv2d> specs =
                cases.stream().map(c -> (KernelSpec.Conv2d) c.spec()).toList();
        assertThat(cases).extracting(RandomCase::images).contains(1, 2, 3, 4, 5);
        assertThat(cases).flatExtracting(RandomCase::fills).contains(Fill.values());
        assertThat(specs).extracting(s -> s.window().strideH()).contains(1, 2, 3);
        assertThat(specs).extracting(s -> s.window().strideW()).contains(1, 2, 3);
        assertThat(specs)
                .anyMatch(s -> s.window().top() != s.window().bottom()
                        && s.window().left() != s.window().right());
        assertThat(specs).extracting(s -> s.input().channels()).contains(1, 130).allMatch(c -> c <= 130);
        assertThat(specs).extracting(s -> s.output().channels()).contains(1, 130);
        assertThat(specs).filteredOn(KernelSpec.Conv2d::readsWords).hasSizeGreaterThan(20);
    }

    /** Types are no part of a variant of kernels on floats, nor are operators. */
    @ParameterizedTest
    @EnumSource
    void onFloatsHaveAllTypesOperatorsAndFunctions(Target target) {
        List<FloatKernel> kernels = RandomCases.of(target, RandomCases::floats, 1).stream()
                .map(RandomCase::spec)
                .filter(FloatKernel.class::isInstance)
                .map(FloatKernel.class::cast)
                .toList();
        Set<String> types = new HashSet<>();
        Set<Object> operators = new HashSet<>();
        for (FloatKernel kernel : kernels) {
            kernel.operands().forEach(x -> types.add(kernel.variant() + x.element()));
            types.add(kernel.variant() + " to " + kernel.output().element());
            if (kernel instanceof FloatKernel.Pointwise pointwise) {
                operators.add(pointwise.kind());
                operators.add(pointwise.activation().kind());
            }
        }
        // Three types of operands and of results for each of six variants; a convolution's residual is an operand, too.
        assertThat(types).hasSize(2 * 3 * 6);
        assertThat(operators).contains((Object[]) FloatKernel.Lanewise.values()).contains((Object[])
                Activation.Kind.values());
    }

    @Test
    void haveResultsThatDiffer() {
        RandomCase some = convolutions(Target.SM_61).stream()
                .filter(c -> c.fills().get(0) == Fill.RANDOM)
                .filter(c -> c.spec() instanceof KernelSpec.Conv2d conv
                        && conv.out().isInteger()
                        && conv.output().pixels() * conv.output().channels() > 1000)
                .findFirst()
                .orElseThrow();
        byte[] image = some.kernels().kernelCase().expected(1);
        Set<Byte> distinct = new HashSet<>();
        for (byte value : image) {
            distinct.add(value);
        }
        assertThat(distinct).as(some.toString()).hasSizeGreaterThan(50);
    }
}
