package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherFactory;

/** Without a GPU: parts of the GPU's tests are everything once. */
class PartTest {
    private static <T> List<T> union(int parts, List<T> all) {
        List<T> union = new ArrayList<>();
        for (int part = 1; part <= parts; part++) {
            union.addAll(new Part(part, parts).of(all));
        }
        return union;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 7, 99})
    void togetherHaveEveryRowOnce(int parts) {
        List<KernelCatalog.Row> rows = KernelCatalog.rows();
        assertThat(union(parts, rows)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(IntStream.rangeClosed(1, parts)
                        .map(part -> new Part(part, parts).of(rows).size()))
                .allMatch(size -> size >= rows.size() / parts && size <= rows.size() / parts + 1);
    }

    /** Rows of families follow each other at equal distances. */
    @Test
    void haveConvolutionsEach() {
        int all = convolutions(KernelCatalog.rows());
        for (int part = 1; part <= 4; part++) {
            int some = convolutions(new Part(part, 4).of(KernelCatalog.rows()));
            assertThat(some).isBetween(all / 8, all / 2);
        }
    }

    private static int convolutions(List<KernelCatalog.Row> rows) {
        return (int) rows.stream()
                .filter(row -> row.examples().get(0) instanceof KernelSpec.Conv2d)
                .count();
    }

    @Test
    void haveDividedTestsEachAndOthersOnce() {
        List<Class<?>> all = GpuTestRunner.testClasses(LauncherFactory.create(), "gpu");
        assertThat(all).contains(KernelsGpuTest.class, RandomShapesGpuTest.class, GraphsGpuTest.class);
        List<Class<?>> others = new ArrayList<>();
        for (int part = 1; part <= 3; part++) {
            List<Class<?>> chosen = new ArrayList<>(GpuTestRunner.chosen(new Part(part, 3), all));
            assertThat(chosen).contains(KernelsGpuTest.class, RandomShapesGpuTest.class);
            chosen.removeIf(test -> test.isAnnotationPresent(Divided.class));
            others.addAll(chosen);
        }
        assertThat(others).hasSize(all.size() - 2).doesNotHaveDuplicates().isSubsetOf(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0/3", "4/3", "1", "1/0", "-1/2", "1/100", "one/two"})
    void areRefusedThatDoNotExist(String text) {
        assertThatThrownBy(() -> Part.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Part.parse("2/5")).isEqualTo(new Part(2, 5));
    }
}
