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

/** Every code, by a definition over input {@code x}[3,8,8] and output {@code y}[4] that is wrong in one way. */
class DslErrorsTest {
    private static final List<PortShape> INPUTS = List.of(new PortShape("x", List.of(3, 8, 8)));
    private static final List<PortShape> OUTPUTS = List.of(new PortShape("y", List.of(4)));

    static Stream<Arguments> eager() {
        return Stream.of(
                wrong(DslCode.NAME, "bad name", net -> net.input("x").relu("bad name")),
                wrong(DslCode.DUPLICATE_NAME, "x.relu", net -> {
                    Tensor x = net.input("x");
                    x.relu().add(x.relu());
                }),
                wrong(DslCode.FOREIGN_TENSOR, "add", net -> net.input("x").add(foreign())),
                wrong(DslCode.MISSING_ARGUMENT, "add", net -> net.input("x").add(null)),
                wrong(DslCode.MISSING_ARGUMENT, "conv2d", net -> net.input("x").conv2d("c", 1, null)),
                wrong(DslCode.MISSING_ARGUMENT, "scope s", net -> net.scope("s", net.input("x"), y -> null)),
                wrong(DslCode.MISSING_ARGUMENT, "scope s", net -> net.scope("s", net.input("x"), null)),
                wrong(DslCode.MISSING_ARGUMENT, "name", net -> net.input("x").relu(null)),
                wrong(DslCode.UNKNOWN_INPUT, "[x]", net -> net.input("z")),
                wrong(DslCode.INPUT_TWICE, "x", net -> net.input("x").add(net.input("x"))),
                wrong(DslCode.UNKNOWN_OUTPUT, "[y]", net -> net.output("z", net.input("x"))),
                wrong(DslCode.OUTPUT_TWICE, "y", net -> {
                    Tensor value = net.input("x").globalAvgPool().dense("d", 4);
                    net.output("y", value);
                    net.output("y", value);
                }),
                wrong(DslCode.OUTPUT_SHAPE, "[3, 8, 8]", net -> net.output("y", net.input("x"))),
                wrong(
                        DslCode.DUPLICATE_NAME,
                        "named y",
                        net -> net.output("y", net.input("x").globalAvgPool().dense("y", 4))),
                wrong(DslCode.RANK, "maxPool", net -> net.input("x").flatten().maxPool(kernel(1))),
                wrong(
                        DslCode.RANK,
                        "globalAvgPool",
                        net -> net.input("x").flatten().globalAvgPool()),
                wrong(DslCode.ADD_SHAPES, "[3, 7, 7]", net -> {
                    Tensor x = net.input("x");
                    x.add(x.maxPool(kernel(2).stride(1)));
                }),
                wrong(DslCode.DENSE_SHAPE, "flatten()", net -> net.input("x").dense("d", 4)),
                wrong(
                        DslCode.WINDOW,
                        "conv2d",
                        net -> net.input("x").conv2d("c", 4, kernel(11).pad(1))),
                wrong(
                        DslCode.KERNEL,
                        "padding",
                        net -> net.input("x").maxPool(kernel(2).pad(2))),
                wrong(DslCode.KERNEL, "size", net -> net.input("x").maxPool(kernel(0))),
                wrong(
                        DslCode.KERNEL,
                        "stride",
                        net -> net.input("x").maxPool(kernel(2).stride(0))),
                wrong(
                        DslCode.KERNEL,
                        "padding",
                        net -> net.input("x").maxPool(kernel(2).pad(-1))),
                wrong(DslCode.COUNT, "got 0", net -> net.input("x").conv2d("c", 0, kernel(1))),
                wrong(DslCode.COUNT, "got -1", net -> net.input("x").flatten().dense("d", -1)),
                wrong(DslCode.EPSILON, "NaN", net -> net.input("x").batchNorm("b", Float.NaN)),
                wrong(DslCode.EPSILON, "0.0", net -> net.input("x").batchNorm("b", 0)),
                wrong(DslCode.TOO_LARGE, "conv2d", net -> net.input("x").conv2d("c", 1 << 25, kernel(1))),
                wrong(
                        DslCode.TOO_LARGE,
                        "d.weight",
                        net -> net.input("x").flatten().dense("d", 1 << 24)),
                wrong(DslCode.TOO_MANY_OPERATORS, "10000", net -> {
                    Tensor x = net.input("x");
                    for (int i = 0; ; i++) {
                        x = x.relu("r" + i);
                    }
                }),
                wrong(
                        DslCode.POOL_BIAS,
                        "bias()",
                        net -> net.input("x").maxPool(kernel(2).bias())));
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
    void refusesUnusedInput() {
        DslException e = failure(net -> {});
        assertThat(e.code()).isEqualTo(DslCode.UNUSED_INPUT);
        assertThat(e.line()).isEmpty();
    }

    @Test
    void refusesMissingOutput() {
        DslException e = failure(net -> net.input("x"));
        assertThat(e.code()).isEqualTo(DslCode.MISSING_OUTPUT);
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
    void refusesAClassWithoutAnnotation() {
        DslException e = catchThrowableOfType(DslException.class, () -> Tracer.trace(net -> {}));
        assertThat(e.code()).isEqualTo(DslCode.NOT_ANNOTATED);
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

    /** A tensor of a finished run. */
    private static Tensor foreign() {
        Tensor[] tensor = new Tensor[1];
        Tracer.trace(
                net -> {
                    tensor[0] = net.input("x");
                    net.output("y", tensor[0]);
                },
                INPUTS,
                List.of(new PortShape("y", List.of(3, 8, 8))));
        return tensor[0];
    }
}
