package sample;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.CustomOperator;
import dev.octet.dsl.DslCode;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.testkit.DiagnosticExamples;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A small mistake for each code of the language, mostly over input {@code x}[3,8,8] and output {@code y}[4]. */
class DslExamplesTest {
    private static final List<PortShape> INPUTS = List.of(new PortShape("x", List.of(3, 8, 8)));
    private static final List<PortShape> OUTPUTS = List.of(new PortShape("y", List.of(4)));

    private final DiagnosticExamples examples = new DiagnosticExamples();

    @TestFactory
    Stream<DynamicTest> everyCodeHasAnExample() {
        names();
        ports();
        shapes();
        numbers();
        return examples.tests(Stream.of(DslCode.values()).map(DslCode::id));
    }

    private void names() {
        wrong(DslCode.NAME, net -> net.input("x").relu("first layer"));
        wrong(DslCode.DUPLICATE_NAME, net -> {
            Tensor x = net.input("x");
            x.relu().add(x.relu());
        });
        examples.thrown(DslCode.FOREIGN_TENSOR.id(), () -> {
            NetworkDefinition keeps = new Keeps();
            Tracer.trace(keeps, INPUTS, OUTPUTS);
            Tracer.trace(keeps, INPUTS, OUTPUTS);
        });
        wrong(DslCode.MISSING_ARGUMENT, net -> net.input("x").add(null));
        examples.thrown(DslCode.NOT_ANNOTATED.id(), () -> Tracer.trace(net -> net.input("x")));
    }

    private void ports() {
        wrong(DslCode.UNKNOWN_INPUT, net -> net.input("z"));
        wrong(DslCode.INPUT_TWICE, net -> net.input("x").add(net.input("x")));
        wrong(DslCode.UNKNOWN_OUTPUT, net -> net.output("z", net.input("x")));
        wrong(DslCode.OUTPUT_TWICE, net -> {
            Tensor y = net.input("x").globalAvgPool().dense("fc", 4);
            net.output("y", y);
            net.output("y", y);
        });
        wrong(DslCode.UNUSED_INPUT, net -> {});
        wrong(DslCode.MISSING_OUTPUT, net -> net.input("x").globalAvgPool().dense("fc", 4));
        wrong(DslCode.OUTPUT_SHAPE, net -> net.output("y", net.input("x")));
        wrong(DslCode.DEAD_VALUE, net -> {
            Tensor x = net.input("x").globalAvgPool();
            x.relu();
            net.output("y", x.dense("fc", 4));
        });
        examples.thrown(DslCode.PORT.id(), () -> new PortShape("x", List.of(1, 3, 8, 8)));
    }

    private void shapes() {
        wrong(DslCode.RANK, net -> net.input("x").flatten().maxPool(kernel(2)));
        wrong(DslCode.ADD_SHAPES, net -> {
            Tensor x = net.input("x");
            x.conv2d("conv", 3, kernel(3)).add(x);
        });
        wrong(DslCode.GROUPS, net -> net.input("x").conv2d("conv", 4, kernel(1).groups(2)));
        wrong(DslCode.GATE_SHAPE, net -> {
            Tensor x = net.input("x");
            x.gate(x);
        });
        wrong(DslCode.CONCAT_SHAPES, net -> {
            Tensor x = net.input("x");
            x.concat(x.globalAvgPool());
        });
        wrong(DslCode.CONCAT_OPERANDS, net -> net.input("x").concat());
        wrong(DslCode.CHANNELS, net -> net.input("x").sliceChannels(2, 5));
        wrong(DslCode.DENSE_SHAPE, net -> net.input("x").dense("fc", 4));
        wrong(DslCode.WINDOW, net -> net.input("x").conv2d("conv", 4, kernel(11).pad(1)));
        wrong(DslCode.TOO_LARGE, net -> net.input("x").conv2d("conv", 1 << 25, kernel(1)));
    }

    private void numbers() {
        wrong(DslCode.KERNEL, net -> net.input("x").maxPool(kernel(2).pad(2)));
        wrong(DslCode.COUNT, net -> net.input("x").conv2d("conv", 0, kernel(1)));
        wrong(DslCode.EPSILON, net -> net.input("x").batchNorm("bn", 0));
        wrong(DslCode.KERNEL_OPTION, net -> net.input("x").maxPool(kernel(2).bias()));
        wrong(DslCode.FACTOR, net -> net.input("x").upsample(0));
        wrong(DslCode.CUSTOM_OPERATOR, net -> net.input("x").apply("y", new Wrong()));
        wrong(DslCode.ALPHA, net -> net.input("x").leakyRelu(Float.NaN));
        wrong(DslCode.TOO_MANY_OPERATORS, net -> {
            Tensor x = net.input("x");
            for (int i = 0; ; i++) {
                x = x.relu("relu" + i);
            }
        });
    }

    private void wrong(DslCode code, NetworkDefinition definition) {
        examples.thrown(code.id(), () -> Tracer.trace(definition, INPUTS, OUTPUTS));
    }

    /** Has no name that a kernel could have. */
    private static final class Wrong implements CustomOperator {
        @Override
        public String operator() {
            return "channel shuffle";
        }

        @Override
        public Map<String, Integer> attributes() {
            return Map.of();
        }

        @Override
        public List<Integer> shape(List<List<Integer>> operands) {
            return operands.get(0);
        }
    }

    /** Uses a tensor of its first run in the second. */
    private static final class Keeps implements NetworkDefinition {
        private Tensor first;

        @Override
        public void define(Net net) {
            Tensor x = net.input("x");
            first = first == null ? x : first;
            net.output("y", x.add(first).globalAvgPool().dense("fc", 4));
        }
    }
}
