package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Without a GPU: what is timed belongs to the catalogue, and gets as many operands as its kernel wants. */
class LargeSpecsTest {
    private static final Pattern ARRAY = Pattern.compile("\\* \\w+\\[(\\d+)];");

    static Stream<KernelCatalog.Row> rows() {
        return KernelCatalog.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void areOfTheirRowsVariantAndHaveItsOperands(KernelCatalog.Row row) {
        KernelSpec large = LargeSpecs.like(row.examples().get(0));
        assertThat(large.variant()).isEqualTo(row.variant());
        ScheduledKernel kernel =
                new ScheduledKernel(large, ScheduleSelector.select(large, row.target(), 32), row.target());
        String source = new CudaWriter().source(kernel);
        String[] lines = source.substring(source.indexOf("struct Arguments"), source.indexOf("int batch;"))
                .split("\n");

        KernelOperands operands = KernelOperands.of(kernel);

        // The last pointer is the workspace.
        assertThat(operands.values().size() + operands.segments().size())
                .as("%s", String.join("\n", lines))
                .isEqualTo(Stream.of(lines).mapToInt(LargeSpecsTest::pointers).sum() - 1);
    }

    /** Pointers that a line declares: one, or an array of them. */
    private static int pointers(String line) {
        Matcher array = ARRAY.matcher(line);
        if (array.find()) {
            return Integer.parseInt(array.group(1));
        }
        return line.contains("*") ? 1 : 0;
    }
}
