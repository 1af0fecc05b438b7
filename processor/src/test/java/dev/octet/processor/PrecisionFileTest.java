package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.table.PrecisionCode;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.PlanText;
import dev.octet.testkit.DiagnosticExamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Precision files beside the weights, right and wrong ones, as javac meets them. */
class PrecisionFileTest {
    private static final String HEAD = "octet-precision 1.0\nnetwork demo.Small\n";

    @TempDir
    Path folder;

    private TestModule module(String name, String precision) throws Exception {
        Path root = folder.resolve(name);
        TestModule module = new TestModule(root, "right/self_contained");
        Files.writeString(root.resolve("octet/demo.Small.precision"), precision);
        return module;
    }

    private String output(PrecisionCode code, String precision) throws Exception {
        return module(code.name(), precision).compile(Javac.inProcess()).output();
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .reported(PrecisionCode.MALFORMED.id(), () -> output(PrecisionCode.MALFORMED, HEAD + "conv1 and fc\n"))
                .reported(
                        PrecisionCode.VERSION.id(),
                        () -> output(PrecisionCode.VERSION, "octet-precision 2.0\nnetwork demo.Small\n"))
                .reported(
                        PrecisionCode.NETWORK.id(),
                        () -> output(PrecisionCode.NETWORK, "octet-precision 1.0\nnetwork demo.Big\n"))
                .reported(PrecisionCode.UNKNOWN.id(), () -> output(PrecisionCode.UNKNOWN, HEAD + "conv\n"))
                .reported(
                        PrecisionCode.GRAPH.id(),
                        () -> output(PrecisionCode.GRAPH, HEAD + "graph " + "0".repeat(64) + "\nfc\n"))
                .tests(Stream.of(PrecisionCode.values()).map(PrecisionCode::id));
    }

    @Test
    void unknownNamesAreToldTheNearest() throws Exception {
        assertThat(output(PrecisionCode.UNKNOWN, HEAD + "conv\n")).contains("Did you mean 'conv1'?");
    }

    @Test
    void keepsTheLayersOfAFileInFp32() throws Exception {
        TestModule plain = module("plain", HEAD);
        plain.compile(Javac.inProcess());
        TestModule mixed = module("mixed", HEAD + "# the first layer\nconv1\n");
        Compiled compiled = mixed.compile(Javac.inProcess());
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        String plan = mixed.generated().get("META-INF/octet/demo.Small/plan");
        assertThat(plan).containsPattern("conv2d\\(%\\d+\\) layer=conv1 .* fp32\n");
        assertThat(mixed.generated().get("META-INF/octet/demo.Small/precision")).contains("conv1");
        assertThat(hash(mixed)).as("calibration tables stay valid").isEqualTo(hash(plain));
    }

    private static String hash(TestModule module) throws Exception {
        byte[] plan = Files.readAllBytes(module.classes().resolve("META-INF/octet/demo.Small/plan"));
        return GraphText.topologyHash(PlanText.read(plan, "plan").fp32());
    }
}
