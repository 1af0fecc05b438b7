package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.cuda.gpu.RandomCases.RandomCase;
import dev.octet.plan.Target;
import dev.octet.runtime.device.Device;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hundreds of random shapes, from machine code as the build makes it, against the oracle, to the bit. */
@Tag("gpu")
@Divided
class RandomShapesGpuTest {
    private static final int MESSAGES = 20;
    private static Device gpu;

    @BeforeAll
    static void open() {
        gpu = Gpu.open();
    }

    @AfterAll
    static void close() {
        if (gpu != null) {
            gpu.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void convolutionsAreTheOracles(Target target) {
        check(target, "convolutions", RandomCases.of(target, RandomCases::convolutions, 2));
    }

    @ParameterizedTest
    @EnumSource
    void denseLayersAndPoolsAreTheOracles(Target target) {
        check(target, "dense layers and pools", RandomCases.of(target, RandomCases::denseAndPools, 1));
    }

    @ParameterizedTest
    @EnumSource
    void convolutionsWithGroupsAreTheOracles(Target target) {
        check(target, "convolutions with groups", RandomCases.of(target, RandomCases::groups, 2));
    }

    @ParameterizedTest
    @EnumSource
    void bytewiseOperatorsAreTheOracles(Target target) {
        check(target, "bytewise operators", RandomCases.of(target, RandomCases::bytewise, 1));
    }

    @ParameterizedTest
    @EnumSource
    void operatorsOnFloatsAreTheOracles(Target target) {
        check(target, "operators on floats", RandomCases.of(target, RandomCases::floats, 2));
    }

    private static void check(Target target, String what, List<RandomCase> cases) {
        List<RandomCase> share = Part.current().of(cases);
        RandomComparison.Outcome outcome =
                new RandomComparison(gpu, target).compare(share, (t, sources) -> BuiltKernels.forGpu(t, sources));
        System.out.printf(
                "%s: %d of %d random %s in %d kernels, %d differences%n",
                target.text(),
                outcome.cases(),
                cases.size(),
                what,
                outcome.kernels(),
                outcome.differences().size());
        Tally.randomShapes(outcome, cases.size());
        assertThat(outcome.differences().stream().limit(MESSAGES))
                .as("%d differences", outcome.differences().size())
                .isEmpty();
    }
}
