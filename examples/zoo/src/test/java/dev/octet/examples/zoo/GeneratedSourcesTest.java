package dev.octet.examples.zoo;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.text.PlanText;
import dev.octet.testkit.GoldenFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is generated for three networks, compared with the text that somebody has read: the typed class, the plan, and
 * kernels that together have every line which templates wrote.
 */
class GeneratedSourcesTest {
    private static final Path ZOO = Path.of("src", "main", "java", "dev", "octet", "examples", "zoo");
    private static final Path FASHION = Path.of("..", "fashion", "src", "main");
    private static final long SEED = 1;

    @TempDir
    private Path folder;

    @Test
    void ofTheExample() throws IOException {
        Path sources = FASHION.resolve(Path.of("java", "dev", "octet", "examples", "fashion"));
        ProcessorRun.compile(
                List.of(sources.resolve("Fashion.java"), sources.resolve("Blocks.java")),
                FASHION.resolve("octet"),
                folder);
        compare("dev.octet.examples.fashion.Fashion");
    }

    @Test
    void withDepthwiseConvolutions() throws IOException {
        compile(new MobileNetV1Full(), "mobilenet_v1_1.0_224.safetensors", "MobileNetV1");
    }

    @Test
    void withConcatenations() throws IOException {
        compile(new SqueezeNet11(), "squeezenet1.1.safetensors", "SqueezeNet");
    }

    private void compile(NetworkDefinition network, String weights, String parent) throws IOException {
        WeightsOutput.write(RandomWeights.of(ZooCompilation.withoutKernels(network), SEED), folder.resolve(weights));
        String name = network.getClass().getSimpleName();
        ProcessorRun.compile(List.of(ZOO.resolve(name + ".java"), ZOO.resolve(parent + ".java")), folder, folder);
        compare(network.getClass().getName());
    }

    private void compare(String network) throws IOException {
        byte[] text = Files.readAllBytes(folder.resolve(ResourcePaths.plan(network)));
        Plan plan = PlanText.read(text, network);
        Map<String, String> files = new TreeMap<>(DistinctKernels.of(plan, folder));
        String name = network.substring(network.lastIndexOf('.') + 1);
        String typed = name + "Network.java";
        Path sources = folder.resolve(network.replace('.', '/')).getParent();
        files.put(typed, Files.readString(sources.resolve(typed)));
        files.put("plan", new String(text, StandardCharsets.UTF_8));
        GoldenFolder.check(GeneratedSourcesTest.class, name, files);
    }
}
