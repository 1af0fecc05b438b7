package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.examples.zoo.onnx.OnnxExport;
import dev.octet.plan.Plan;
import dev.octet.plan.graph.Op;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.tools.onnx.ImportOptions;
import dev.octet.tools.onnx.OnnxImport;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of the zoo, written as ONNX models and imported again: the same operators of the same layers, in fewer lines. */
@Tag("zoo")
class ImportedZooTest {
    private static final int SEED = 7;

    @TempDir
    private Path folder;

    /** Without those whose weights are too large to be held several times. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RESNET101", "RESNET152", "VGG16", "VGG16_BN"})
    void comesBackAsItWas(Zoo network) throws Exception {
        ZooCompilation original = ZooCompilation.withoutKernels(network.definition());
        Path safetensors = folder.resolve("random.safetensors");
        WeightsOutput.write(RandomWeights.of(original, SEED), safetensors);
        Plan plan = original.compilation().plan();
        byte[] onnx = OnnxExport.of(plan, WeightFolder.fold(plan.fp32(), Safetensors.open(safetensors)));
        Path file = Files.write(folder.resolve("network.onnx"), onnx);
        OnnxImport.Result result = OnnxImport.run(
                new ImportOptions(file, "Imported", folder, folder, Map.of(), Optional.empty(), 1, false));
        String source = Files.readString(result.source());

        Plan imported = ZooCompilation.withoutKernels(compile(result.source()))
                .compilation()
                .plan();
        assertThat(operators(imported)).as(source).isEqualTo(operators(plan));
        assertThat(source.lines().allMatch(line -> line.length() <= 120))
                .as(source)
                .isTrue();
        System.out.printf(
                "%-28s %4d values in %3d lines%n",
                network, imported.fp32().nodes().size(), source.lines().count());
    }

    /**
     * Operators and shapes of the float graph, sorted: definitions may call independent ones in any order. What layers fold is
     * left out, for it is folded in the model.
     */
    private static List<String> operators(Plan plan) {
        return plan.fp32().nodes().stream()
                .map(node -> operator(node.op()) + " " + node.type().shape())
                .sorted()
                .toList();
    }

    private static String operator(Op op) {
        if (op instanceof Op.Conv2d conv) {
            return "conv2d " + conv.layer() + conv.window() + " groups " + conv.groups();
        }
        return op instanceof Op.Dense dense ? "dense " + dense.layer() : op.toString();
    }

    private NetworkDefinition compile(Path source) throws IOException, ReflectiveOperationException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"), "-d", folder.toString());
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            boolean compiled = javac.getTask(output, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s%n%s", output, Files.readString(source)).isTrue();
        }
        ClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
        return (NetworkDefinition)
                loader.loadClass("Imported").getDeclaredConstructor().newInstance();
    }
}
