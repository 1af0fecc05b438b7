package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.CompilerCode;
import dev.octet.dsl.DslCode;
import dev.octet.plan.diag.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Definitions that are wrong in one way; the line of the error ends in {@code // error} in their sources. */
enum WrongDefinition {
    SHAPE_MISMATCH(DslCode.ADD_SHAPES, "[4, 4, 4] and [4, 8, 8]"),
    UNKNOWN_WEIGHT(HostCode.UNKNOWN_TENSOR, "Did you mean 'conv1.weight'?"),
    UNWANTED_BIAS(HostCode.UNKNOWN_TENSOR, "trained without a bias, remove .bias() from its kernel."),
    WEIGHT_SHAPE(HostCode.TENSOR_SHAPE, "[10, 5], but this call needs [10, 4]"),
    DUPLICATE_NAME(DslCode.DUPLICATE_NAME, "conv1"),
    HELPER_EXCEPTION(HostCode.EXCEPTION, "what it calls. Called from Wrong.java:20."),
    NOT_DETERMINISTIC(HostCode.NOT_DETERMINISTIC, "conv1"),
    UNUSED_INPUT(DslCode.UNUSED_INPUT, "image"),
    MISSING_OUTPUT(DslCode.MISSING_OUTPUT, "logits"),
    /** No tree starts on the line of this call. */
    CHAIN(DslCode.RANK, "globalAvgPool"),
    DEAD_VALUE(DslCode.DEAD_VALUE, "maxPool"),
    ENDLESS(HostCode.TIMEOUT, "within 1 seconds"),
    STACK_OVERFLOW(HostCode.EXCEPTION, "StackOverflowError"),
    WRAPPED_EXCEPTION(DslCode.COUNT, "got 0"),
    STATIC_INITIALIZER(HostCode.EXCEPTION, "NumberFormatException"),
    LAMBDA(DslCode.WINDOW, "[9, 9]"),
    NO_WEIGHTS(HostCode.NO_WEIGHTS, "octet/absent.safetensors"),
    ABSOLUTE_WEIGHTS(HostCode.ANNOTATION, "relative"),
    ESCAPING_WEIGHTS(HostCode.ANNOTATION, "without . and .."),
    INTEGER_WEIGHT(HostCode.TENSOR_TYPE, "I32"),
    SOFTMAX_NOT_LAST(CompilerCode.SOFTMAX_NOT_LAST, "relu"),
    PORT_SHAPE(DslCode.PORT, "[8, 8]"),
    IMAGE_CHANNELS(HostCode.ANNOTATION, "GRAY"),
    NOT_A_DEFINITION(HostCode.NOT_A_DEFINITION, "does not implement"),
    PRIVATE_CONSTRUCTOR(HostCode.NOT_A_DEFINITION, "constructor"),
    TAKEN(HostCode.OUTPUT, "demo.WrongNetwork");

    private final String code;
    private final String found;

    WrongDefinition(DslCode code, String found) {
        this(code.id(), found);
    }

    WrongDefinition(DiagnosticCode code, String found) {
        this(code.id(), found);
    }

    WrongDefinition(String code, String found) {
        this.code = code;
        this.found = found;
    }

    /**
     * Compiles the definition and checks that its error is the only one, has its code, and is on its line; returns what
     * was printed.
     */
    String check(Javac javac, Path folder) throws IOException {
        TestModule module = new TestModule(folder, "wrong/" + name().toLowerCase(Locale.ROOT));
        Compiled compiled = module.compile(javac, "-Aoctet.timeout=1");
        assertThat(compiled.success()).as(compiled.output()).isFalse();
        assertThat(compiled.errors()).as(compiled.output()).singleElement().satisfies(error -> {
            assertThat(error.text()).startsWith("[" + code + "]").contains(found);
            assertThat(error.file() + ":" + error.line()).isEqualTo(markedLine(module.sources()));
        });
        assertThat(module.hasSource("demo/WrongNetwork.java"))
                .as("the typed class is there anyway")
                .isTrue();
        return compiled.output();
    }

    String code() {
        return code;
    }

    /** File and line of the only mark in a folder of sources. */
    static String markedLine(Path sources) throws IOException {
        String marked = null;
        for (Path file : TestModule.files(sources)) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).endsWith("// error")) {
                    assertThat(marked).as("marks").isNull();
                    marked = file.getFileName() + ":" + (i + 1);
                }
            }
        }
        assertThat(marked).as("a mark").isNotNull();
        return marked;
    }
}
