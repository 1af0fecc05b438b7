package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Definitions with several ports: the example of the documentation, from its source to results, and what is refused. */
class SeveralPortsTest {
    @TempDir
    Path folder;

    private static TestWeights weights() {
        return new TestWeights()
                .tensor("conv.weight", "F32", 32, 3, 3, 3)
                .tensor("conv.bias", "F32", 32)
                .tensor("image_fc.weight", "F32", 32, 32)
                .tensor("image_fc.bias", "F32", 32)
                .tensor("meta_fc.weight", "F32", 32, 8)
                .tensor("meta_fc.bias", "F32", 32)
                .tensor("logits_fc.weight", "F32", 10, 32)
                .tensor("logits_fc.bias", "F32", 10)
                .tensor("pose_fc.weight", "F32", 6, 32)
                .tensor("pose_fc.bias", "F32", 6);
    }

    @Test
    void theTypedClassRunsTheNetwork() throws Exception {
        TestModule module = new TestModule(folder, "right/several_ports");
        Path file = folder.resolve("octet/pose.safetensors");
        weights().random(3).write(file);
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(compiled.warnings()).as(compiled.output()).isEmpty();
        URL[] classes = {module.classes().toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
            float[][] results = (float[][]) loader.loadClass("demo.UsesPose")
                    .getMethod("run", Path.class, Path.class)
                    .invoke(null, file, folder.resolve("table"));
            assertThat(results[0]).hasSize(20).doesNotContain(0f);
            assertThat(results[1]).hasSize(12).doesNotContain(0f);
            assertThat(results[0][0]).isNotEqualTo(results[0][10]);
            assertThat(results[2]).as("logits of runBatch").isEqualTo(results[0]);
            assertThat(results[3]).as("pose of runBatch").isEqualTo(results[1]);
            assertThat(results[4]).as("logits of a session").isEqualTo(results[0]);
            assertThat(results[5]).as("pose of a session").isEqualTo(results[1]);
        }
    }

    /** The documentation of the annotation shows what is compiled here. */
    @Test
    void theDocumentationShowsThisDefinition() throws Exception {
        String javadoc = Files.readString(Path.of("../dsl/src/main/java/dev/octet/dsl/Port.java"));
        String shown = javadoc.substring(javadoc.indexOf("@QuantizedNetwork"), javadoc.indexOf("}</pre>"));
        String source = Files.readString(Path.of("src/test/resources/right/several_ports/demo/Pose.java"));
        assertThat(plain(shown)).isEqualTo(plain(source.substring(source.indexOf("@QuantizedNetwork"))));
    }

    private static String plain(String text) {
        return text.replaceAll("(?m)^ \\*", "").replaceAll("//.*", "").replaceAll("\\s", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                | @Port(name = \"y\", shape = 4) | inputs is empty",
                "@Port(name = \"x\", shape = 4)                                      | {}                           | outputs is empty",
                "{@Port(name = \"x\", shape = 4), @Port(name = \"x\", shape = 5)}      | @Port(name = \"y\", shape = 4) | inputs has two ports named x",
                "@Port(name = \"x\", shape = {1, 2, 2}, image = {@Image(order = ChannelOrder.GRAY), @Image(order = ChannelOrder.GRAY)}) | @Port(name = \"y\", shape = 4) | port x has several images",
                "@Port(name = \"x\", shape = {1, 2, 2}, image = @Image(order = ChannelOrder.GRAY, resize = 1)) | @Port(name = \"y\", shape = 4) | port x has shape [1,2,2], which does not fit into images of resize 1",
                "@Port(name = \"x\", shape = 4) | @Port(name = \"y\", shape = {1, 2, 2}, image = @Image(order = ChannelOrder.GRAY)) | output y has an image"
            })
    void whatCannotBeIsRefusedAtTheAnnotation(String inputs, String outputs, String message) throws Exception {
        refuses(inputs, outputs, message);
    }

    @Test
    void morePortsThanAPlanHoldsAreRefused() throws Exception {
        StringBuilder inputs = new StringBuilder("{");
        for (int i = 0; i < 65; i++) {
            inputs.append("@Port(name = \"x").append(i).append("\", shape = 4),");
        }
        refuses(inputs.append("}").toString(), "@Port(name = \"y\", shape = 4)", "inputs has 65 ports, the most is 64");
    }

    private void refuses(String inputs, String outputs, String message) throws Exception {
        String source = """
                package demo;
                import dev.octet.dsl.*;
                @QuantizedNetwork( // error
                        weights = "net.safetensors",
                        inputs = %s,
                        outputs = %s)
                final class Wrong implements NetworkDefinition {
                    public void define(Net net) {}
                }
                """.formatted(inputs, outputs);
        TestModule module = new TestModule(folder, Map.of("demo/Wrong.java", source), TestModule.weights());
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.errors()).as(compiled.output()).singleElement().satisfies(error -> {
            assertThat(error.text()).startsWith("[OCTET-").contains(message);
            assertThat(error.file() + ":" + error.line()).isEqualTo(WrongDefinition.markedLine(module.sources()));
        });
    }
}
