package dev.octet.processor;

import dev.octet.compiler.CompilerCode;
import dev.octet.dsl.DslCode;
import dev.octet.testkit.DiagnosticExamples;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a definition, as its author meets it: one error of javac, on the line of the mistake. */
class DefinitionExamplesTest {
    /** A static field that keeps a tensor makes the second run differ, which is said first; javac wants the annotation. */
    private static final Set<DslCode> NOT_IN_JAVAC = EnumSet.of(DslCode.FOREIGN_TENSOR, DslCode.NOT_ANNOTATED);

    /**
     * Ports come from the annotation, whose reader refuses them first; names of layers are names of values; float programs are
     * asked for by an option.
     */
    private static final Set<CompilerCode> NOT_IN_JAVAC_EITHER = EnumSet.of(
            CompilerCode.INPUT_PORT,
            CompilerCode.OUTPUT_PORT,
            CompilerCode.PORT_SHAPE,
            CompilerCode.TOO_MANY_PORTS,
            CompilerCode.BAD_CALL,
            CompilerCode.DUPLICATE_LAYER,
            CompilerCode.EXTENSION_IN_FP32,
            CompilerCode.NO_FLOAT_PROGRAM,
            CompilerCode.INVALID_GRAPH,
            CompilerCode.INVALID_PLAN,
            CompilerCode.NO_KERNEL);

    @TempDir
    Path folder;

    private final DiagnosticExamples examples = new DiagnosticExamples();

    @TestFactory
    Stream<DynamicTest> everyMistakeOfTheLanguageIsOnItsLine() {
        names();
        ports();
        shapes();
        numbers();
        return examples.tests(
                EnumSet.complementOf(EnumSet.copyOf(NOT_IN_JAVAC)).stream().map(DslCode::id));
    }

    private void names() {
        wrong(DslCode.NAME, """
                net.output("logits",
                        net.input("image").globalAvgPool().dense("last layer", 10)); // error
                """);
        wrong(DslCode.DUPLICATE_NAME, """
                Tensor x = net.input("image");
                Tensor y = x.relu();
                net.output("logits", y.add(
                        x.relu())); // error
                """);
        wrong(DslCode.MISSING_ARGUMENT, """
                Tensor shortcut = null;
                net.input("image").add(shortcut); // error
                """);
    }

    private void ports() {
        wrong(DslCode.UNKNOWN_INPUT, """
                net.input("images"); // error
                """);
        wrong(DslCode.INPUT_TWICE, """
                Tensor x = net.input("image");
                x.add(net.input("image")); // error
                """);
        wrong(DslCode.UNKNOWN_OUTPUT, """
                Tensor y = net.input("image").globalAvgPool().dense("fc", 10);
                net.output("logit", y); // error
                """);
        wrong(DslCode.OUTPUT_TWICE, """
                Tensor y = net.input("image").globalAvgPool().dense("fc", 10);
                net.output("logits", y);
                net.output("logits", y); // error
                """);
        wrong(DslCode.UNUSED_INPUT, "");
        wrong(DslCode.MISSING_OUTPUT, """
                net.input("image").globalAvgPool().dense("fc", 10);
                """);
        wrong(DslCode.OUTPUT_SHAPE, """
                Tensor y = net.input("image").globalAvgPool().dense("fc", 12);
                net.output("logits", y); // error
                """);
        wrong(DslCode.DEAD_VALUE, """
                Tensor x = net.input("image").globalAvgPool();
                x.relu(); // error
                net.output("logits", x.dense("fc", 10));
                """);
        examples.reported(
                DslCode.PORT.id(), () -> Sketch.of("").ofImage("1, 1, 8, 8").error(next("port"), weights()));
    }

    private void shapes() {
        wrong(DslCode.RANK, """
                Tensor x = net.input("image").flatten();
                x.maxPool(kernel(2)); // error
                """);
        wrong(DslCode.ADD_SHAPES, """
                Tensor x = net.input("image");
                x.conv2d("conv1", 1, kernel(3)).add(x); // error
                """);
        wrong(DslCode.DENSE_SHAPE, """
                Tensor x = net.input("image");
                net.output("logits", x.dense("fc", 10)); // error
                """);
        wrong(DslCode.WINDOW, """
                Tensor x = net.input("image");
                x.conv2d("conv1", 4, kernel(11)); // error
                """);
        wrong(DslCode.TOO_LARGE, """
                Tensor x = net.input("image");
                x.conv2d("conv1", 1 << 26, kernel(1)); // error
                """);
    }

    private void numbers() {
        wrong(DslCode.KERNEL, """
                Tensor x = net.input("image");
                x.maxPool(kernel(2).pad(2)); // error
                """);
        wrong(DslCode.COUNT, """
                int width = 8;
                net.input("image").conv2d("conv1", width / 16, kernel(3)); // error
                """);
        wrong(DslCode.EPSILON, """
                Tensor x = net.input("image").conv2d("conv1", 4, kernel(3));
                x.batchNorm("bn1", 0); // error
                """);
        wrong(DslCode.FACTOR, """
                Tensor x = net.input("image");
                x.upsample(0); // error
                """);
        wrong(DslCode.CUSTOM_OPERATOR, """
                CustomOperator wrong = new CustomOperator() {
                    public String operator() {
                        return "channel shuffle";
                    }
                    public java.util.Map<String, Integer> attributes() {
                        return java.util.Map.of();
                    }
                    public java.util.List<Integer> shape(java.util.List<java.util.List<Integer>> operands) {
                        return operands.get(0);
                    }
                };
                net.input("image").apply("y", wrong); // error
                """);
        wrong(DslCode.ALPHA, """
                Tensor x = net.input("image");
                x.elu(1 / 0f); // error
                """);
        wrong(DslCode.CHANNELS, """
                Tensor x = net.input("image");
                x.padChannels(0, 0); // error
                """);
        wrong(DslCode.CONCAT_OPERANDS, """
                Tensor x = net.input("image");
                x.concat(); // error
                """);
        wrong(DslCode.CONCAT_SHAPES, """
                Tensor x = net.input("image");
                x.concat(x.globalAvgPool()); // error
                """);
        wrong(DslCode.GATE_SHAPE, """
                Tensor x = net.input("image");
                x.gate(x); // error
                """);
        wrong(DslCode.GROUPS, """
                Tensor x = net.input("image");
                x.conv2d("conv1", 4, kernel(1).groups(3)); // error
                """);
        wrong(DslCode.KERNEL_OPTION, """
                Tensor x = net.input("image");
                x.maxPool(kernel(2).bias()); // error
                """);
        wrong(DslCode.TOO_MANY_OPERATORS, """
                Tensor x = net.input("image");
                for (int i = 0; x.channels() == 1; i++) {
                    x = x.relu("relu" + i); // error
                }
                """);
    }

    @TestFactory
    Stream<DynamicTest> everyRefusalOfTheCompilerIsOnItsLine() {
        topologies();
        sizes();
        return examples.tests(EnumSet.complementOf(EnumSet.copyOf(NOT_IN_JAVAC_EITHER)).stream()
                .map(CompilerCode::id));
    }

    private void topologies() {
        wrong(CompilerCode.RESERVED_NAME, """
                Tensor x = net.input("image").relu("x.quantized"); // error
                net.output("logits", x.globalAvgPool().dense("narrow", 10));
                """);
        wrong(CompilerCode.SOFTMAX_NOT_LAST, """
                Tensor x = net.input("image").globalAvgPool();
                x = x.softmax(); // error
                net.output("logits", x.dense("narrow", 10));
                """);
        wrong(CompilerCode.FLATTEN_NOT_REMOVED, """
                Tensor x = net.input("image").maxPool(kernel(4)).flatten();
                Tensor y = x.dense("square", 4);
                x = x.add(y); // error
                net.output("logits", x.dense("fc", 10));
                """);
    }

    private void sizes() {
        wrong(CompilerCode.MAX_BATCH, Sketch.of(RIGHT).with("maxBatch = 100_000"));
        wrong(
                CompilerCode.VALUE_TOO_LARGE,
                Sketch.of("""
                        Tensor x = net.input("image"); // error
                        net.output("logits", x.maxPool(kernel(64)).globalAvgPool().dense("narrow", 10));
                        """).ofImage("1, 4096, 4096").with("maxBatch = 64"));
        wrong(CompilerCode.LAYER_TOO_LARGE, """
                Tensor x = net.input("image");
                x = x.conv2d("huge", 1, kernel(1024).pad(600)); // error
                net.output("logits", x.globalAvgPool().dense("narrow", 10));
                """);
        wrong(CompilerCode.FLOATS_TOO_LARGE, """
                Tensor x = net.input("image");
                x = x.conv2d("floats", 1, kernel(600).pad(300)).keepFp32(); // error
                net.output("logits", x.globalAvgPool().dense("narrow", 10));
                """);
        wrong(CompilerCode.WINDOW_TOO_LARGE, """
                Tensor x = net.input("image");
                x = x.maxPool(kernel(8).stride(1 << 20)); // error
                net.output("logits", x.globalAvgPool().dense("narrow", 10));
                """);
        wrong(CompilerCode.MEAN_TOO_LARGE, Sketch.of("""
                        Tensor x = net.input("image");
                        x = x.globalAvgPool(); // error
                        net.output("logits", x.dense("narrow", 10));
                        """).ofImage("1, 4096, 4096"));
        wrong(CompilerCode.NETWORK_TOO_LARGE, """
                Tensor x = net.input("image");
                x = x.conv2d("tall.0", 1, kernel(1024, 512).pad(600, 300, 600, 300));
                x = x.conv2d("tall.1", 1, kernel(1024, 512).pad(600, 300, 600, 300)); // error
                net.output("logits", x.globalAvgPool().dense("narrow", 10));
                """);
        wrong(CompilerCode.CLASS_NAME, Sketch.of(RIGHT).named("Pri\\u20acce"));
    }

    private static final String RIGHT = """
            net.output("logits", net.input("image").globalAvgPool().dense("narrow", 10));
            """;

    private void wrong(DslCode code, String body) {
        examples.reported(code.id(), () -> Sketch.of(body).error(next(code.name()), weights()));
    }

    private void wrong(CompilerCode code, String body) {
        wrong(code, Sketch.of(body));
    }

    private void wrong(CompilerCode code, Sketch sketch) {
        examples.reported(code.id(), () -> sketch.error(next(code.name()), weights()));
    }

    private Path next(String name) {
        return folder.resolve(name);
    }

    private static TestWeights weights() {
        return TestModule.weights()
                .tensor("narrow.weight", "F32", 10, 1)
                .tensor("narrow.bias", "F32", 10)
                .tensor("square.weight", "F32", 4, 4)
                .tensor("square.bias", "F32", 4)
                .tensor("huge.weight", "F32", 1, 1, 1024, 1024)
                .tensor("floats.weight", "F32", 1, 1, 600, 600)
                .tensor("tall.0.weight", "F32", 1, 1, 1024, 512)
                .tensor("tall.1.weight", "F32", 1, 1, 1024, 512);
    }
}
