package sample;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Further ways to be wrong than {@link DslExamplesTest} has, over input {@code x}[3,8,8] and output {@code y}[4], and where
 * each is reported.
 */
class DslErrorsTest {
    private static final List<PortShape> INPUTS = List.of(new PortShape("x", List.of(3, 8, 8)));
    private static final List<PortShape> OUTPUTS = List.of(new PortShape("y", List.of(4)));

    static Stream<Arguments> eager() {
        return Stream.of(
                wrong(DslCode.MISSING_ARGUMENT, "conv2d", net -> net.input("x").conv2d("c", 1, null)),
                wrong(DslCode.MISSING_ARGUMENT, "scope s", net -> net.scope("s", net.input("x"), y -> null)),
                wrong(DslCode.MISSING_ARGUMENT, "scope s", net -> net.scope("s", net.input("x"), null)),
                wrong(DslCode.MISSING_ARGUMENT, "name", net -> net.input("x").relu(null)),
                wrong(
                        DslCode.DUPLICATE_NAME,
                        "named y",
                        net -> net.output("y", net.input("x").globalAvgPool().dense("y", 4))),
                wrong(
                        DslCode.RANK,
                        "globalAvgPool",
                        net -> net.input("x").flatten().globalAvgPool()),
                wrong(DslCode.KERNEL, "size", net -> net.input("x").maxPool(kernel(0))),
                wrong(
                        DslCode.KERNEL,
                        "stride",
                        net -> net.input("x").maxPool(kernel(2).stride(0))),
                wrong(
                        DslCode.KERNEL,
                        "padding",
                        net -> net.input("x").maxPool(kernel(2).pad(-1))),
                wrong(DslCode.COUNT, "got -1", net -> net.input("x").flatten().dense("d", -1)),
                wrong(DslCode.EPSILON, "NaN", net -> net.input("x").batchNorm("b", Float.NaN)),
                wrong(
                        DslCode.TOO_LARGE,
                        "d.weight",
                        net -> net.input("x").flatten().dense("d", 1 << 24)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("eager")
    void refusesAtTheCall(DslCode code, String found, NetworkDefinition definition) {
        DslException e = failure(definition);
        assertThat(e.code()).isEqualTo(code);
        assertThat(e).hasMessageStartingWith("[" + code.id() + "]").hasMessageContaining(found);
        assertThat(e.line()).isEmpty();
        StackTraceElement caller = Stream.of(e.getStackTrace())
                .filter(frame -> !frame.getClassName().matches("(dev\\.octet\\.dsl|java)\\..*"))
                .findFirst()
                .orElseThrow();
        assertThat(caller.getClassName()).startsWith(DslErrorsTest.class.getName());
    }

    @Test
    void refusesADeadValueAtItsLine() {
        int[] line = new int[1];
        DslException e = failure(net -> {
            Tensor x = net.input("x");
            net.output("y", x.globalAvgPool().dense("d", 4));
            line[0] = new Throwable().getStackTrace()[0].getLineNumber() + 1;
            x.relu();
        });
        assertThat(e.code()).isEqualTo(DslCode.DEAD_VALUE);
        assertThat(e.line().orElseThrow().getLineNumber()).isEqualTo(line[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", "-a", "a..b", "a b", "ä", "a/b", "<b>", "a\n", "a$b"})
    void refusesNames(String name) {
        assertThat(failure(net -> net.input("x").relu(name)).code()).isEqualTo(DslCode.NAME);
    }

    @Test
    void refusesNamesThatAreTooLong() {
        DslException e = failure(net -> net.input("x").relu("a".repeat(100_000)));
        assertThat(e.code()).isEqualTo(DslCode.NAME);
        assertThat(e.getMessage()).hasSizeLessThan(500);
        assertThat(failure(net -> net.input("x").relu("a".repeat(200))).code()).isEqualTo(DslCode.MISSING_OUTPUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "layer1.0.conv1", "a-b.c_d", "_"})
    void acceptsNames(String name) {
        assertThat(failure(net -> net.input("x").relu(name)).code()).isEqualTo(DslCode.MISSING_OUTPUT);
    }

    @Test
    void refusesWrongPorts() {
        Set<DslCode> codes = EnumSet.noneOf(DslCode.class);
        Stream.<Runnable>of(
                        () -> new PortShape("x", List.of(1, 2)),
                        () -> new PortShape("x", List.of(0)),
                        () -> Tracer.trace(net -> {}, List.of(), OUTPUTS),
                        () -> Tracer.trace(net -> {}, INPUTS, List.of(OUTPUTS.get(0), OUTPUTS.get(0))))
                .forEach(wrong -> codes.add(
                        catchThrowableOfType(DslException.class, wrong::run).code()));
        assertThat(codes).containsExactly(DslCode.PORT);
        assertThat(catchThrowableOfType(
                                DslException.class, () -> new PortShape("x", List.of(1 << 11, 1 << 10, 1 << 10)))
                        .code())
                .isEqualTo(DslCode.TOO_LARGE);
    }

    @Test
    void aWrongNameIsShownOnOneLine() {
        assertThat(failure(net -> net.input("x").relu("a\nerror: *\u0000/")))
                .hasMessageContaining("\"a\\u000aerror: *\\u0000/\"");
    }

    /** The line is that of the block, which several scopes share. */
    @Test
    void saysTheInnermostScope() {
        NetworkDefinition definition =
                net -> net.scope("b1", net.input("x"), b -> b.relu().scope("left", c -> c.maxPool(kernel(9))));
        DslException e = failure(definition);
        assertThat(e.code()).isEqualTo(DslCode.WINDOW);
        assertThat(e).hasMessageEndingWith(" In scope b1.left.");
        assertThat(e.getStackTrace()).anyMatch(frame -> frame.getMethodName().contains("saysTheInnermostScope"));
    }

    @Test
    void everyCodeIsUniqueAndNumberedInOrder() {
        List<String> ids = Stream.of(DslCode.values()).map(DslCode::id).toList();
        for (int i = 0; i < ids.size(); i++) {
            assertThat(ids.get(i)).isEqualTo("OCTET-DSL-%03d", i + 1);
        }
    }

    private static DslException failure(NetworkDefinition definition) {
        return catchThrowableOfType(DslException.class, () -> Tracer.trace(definition, INPUTS, OUTPUTS));
    }

    private static Arguments wrong(DslCode code, String found, NetworkDefinition definition) {
        return Arguments.of(code, found, definition);
    }
}
