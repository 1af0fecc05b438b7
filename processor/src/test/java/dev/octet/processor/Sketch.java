package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A definition {@code demo.Wrong} from an image [1,8,8] to logits [10] of which only what matters is written down. The line
 * that ends in {@code // error} is where its error belongs; without one it is the annotation.
 *
 * @param className simple name of the class, as Java source
 * @param elements further elements of the annotation
 * @param image shape of the image
 * @param body statements of {@code define}
 */
record Sketch(String className, String elements, String image, String body) {
    private static final String MARK = "// error";

    /** A definition that is wrong, or right, in its body alone. */
    static Sketch of(String body) {
        return new Sketch("Wrong", "", "1, 8, 8", body);
    }

    /** The same with further elements of the annotation, for example {@code maxBatch = 4}. */
    Sketch with(String more) {
        return new Sketch(className, more + ",", image, body);
    }

    /** The same with another image. */
    Sketch ofImage(String shape) {
        return new Sketch(className, elements, shape, body);
    }

    /** The same with another name, as Java source. */
    Sketch named(String name) {
        return new Sketch(name, elements, image, body);
    }

    String source() {
        String atAnnotation = body.contains(MARK) ? "" : " " + MARK;
        return """
                package demo;

                import static dev.octet.dsl.ChannelOrder.GRAY;
                import static dev.octet.dsl.Kernel.kernel;
                import dev.octet.dsl.*;

                @QuantizedNetwork(%s
                        %s
                        weights = "net.safetensors",
                        inputs = @Port(name = "image", shape = {%s}, image = @Image(order = GRAY)),
                        outputs = @Port(name = "logits", shape = 10))
                final class %s implements NetworkDefinition {
                    public void define(Net net) {
                        %s
                    }
                }
                """.formatted(
                        atAnnotation, elements, image, className, body.indent(8).strip());
    }

    /** Its module, with some weights. */
    TestModule module(Path folder, TestWeights weights) throws IOException {
        return new TestModule(folder, Map.of("demo/Wrong.java", source()), weights);
    }

    /** Compiles it and checks that its error is the only one and on its line; returns what was printed. */
    String error(Path folder, TestWeights weights) throws IOException {
        TestModule module = module(folder, weights);
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.success()).as(compiled.output()).isFalse();
        assertThat(compiled.errors()).as(compiled.output()).singleElement().satisfies(error -> {
            assertThat(error.text()).startsWith("[OCTET-");
            assertThat(error.file() + ":" + error.line()).isEqualTo(WrongDefinition.markedLine(module.sources()));
        });
        return compiled.output();
    }
}
