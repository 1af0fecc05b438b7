package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.ResourcePaths;
import dev.octet.plan.text.PlanText;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names reach Java, CUDA, plans and folders: what is generated from them stays valid, and stays where it belongs. */
class NamesTest {
    private static final String BODY = """
            net.output("logits", net.input("image").conv2d("conv1", 4, kernel(3)).globalAvgPool().dense("fc", 10));
            """;

    @TempDir
    Path folder;

    /** As Java source, so that the escapes are what javac reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "end */ of",
                "a\\nb",
                "a\\\\u000ab",
                "../up",
                "a..b",
                "100%s",
                "$L",
                "\\\"quoted\\\"",
                "sch\\u00f6n",
                "tab\\t",
                "nul\\0"
            })
    void layersScopesAndValuesHaveNoSuchNames(String name) throws Exception {
        String message = Sketch.of("""
                        Tensor x = net.scope("b1", net.input("image"), b -> b.relu("%s")); // error
                        net.output("logits", x.globalAvgPool().dense("fc", 10));
                        """.formatted(name)).error(folder.resolve("layer"), TestModule.weights());
        assertThat(message).contains("[OCTET-DSL-001] \"").contains("In scope b1.");
        assertThat(Sketch.of("""
                        Tensor x = net.scope("%s", net.input("image"), b -> b.relu()); // error
                        net.output("logits", x.globalAvgPool().dense("fc", 10));
                        """.formatted(name)).error(folder.resolve("scope"), TestModule.weights()))
                .contains("[OCTET-DSL-001] ");
    }

    /** Keywords, members of the typed class, Windows devices, and the longest name that there may be. */
    @ParameterizedTest
    @ValueSource(strings = {"class", "int", "run", "n", "2nd", "CON", "top-5.scores", "_", "null"})
    void portsMayHaveAnyNameOfTheAlphabet(String name) throws Exception {
        requireCompiled(port(name), "demo.Wrong");
    }

    @Test
    void namesMayBeLong() throws Exception {
        requireCompiled(port("p".repeat(200)), "demo.Wrong");
    }

    private TestModule port(String name) throws Exception {
        String source = Sketch.of(BODY).source().replace("\"image\"", '"' + name + '"');
        return new TestModule(folder, Map.of("demo/Wrong.java", source), TestModule.weights());
    }

    /** Dollars are letters to Java and separators to binary names. */
    @ParameterizedTest
    @ValueSource(strings = {"A$B", "$", "_x", "Record", "Network"})
    void classesMayHaveAnyPlainName(String name) throws Exception {
        requireCompiled(Sketch.of(BODY).named(name).module(folder, TestModule.weights()), "demo." + name);
    }

    /** The escapes keep the source readable in the encoding; what is generated must be, too. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "US-ASCII"})
    void classesMayHaveLettersBeyondAscii(String encoding) throws Exception {
        String jnu = System.getProperty("sun.jnu.encoding");
        assumeTrue(
                Charset.forName(jnu).newEncoder().canEncode("Gr\u00f6\u00dfe"),
                "this machine's file names have no such letters: sun.jnu.encoding is " + jnu);
        TestModule module = Sketch.of(BODY).named("Gr\\u00f6\\u00dfe").module(folder, TestModule.weights());
        Compiled compiled = module.compile(withEncoding(encoding));
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        requirePlan(module, "demo.Gr\u00f6\u00dfe");
    }

    private static Javac withEncoding(String encoding) {
        return (options, files) -> {
            List<String> changed = new ArrayList<>(options);
            Collections.replaceAll(changed, "UTF-8", encoding);
            return Javac.inProcess().run(changed, files);
        };
    }

    private void requireCompiled(TestModule module, String network) throws Exception {
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        requirePlan(module, network);
    }

    private static void requirePlan(TestModule module, String network) throws Exception {
        byte[] plan = Files.readAllBytes(module.classes().resolve(ResourcePaths.plan(network)));
        assertThat(PlanText.read(plan, "plan").network()).isEqualTo(network);
        assertThat(module.generated().keySet())
                .allMatch(path -> path.startsWith("demo/") || path.startsWith("META-INF/octet/"));
    }
}
