package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.examples.zoo.onnx.PatternModel;
import dev.octet.plan.Port;
import dev.octet.runtime.Network;
import dev.octet.tools.onnx.ImportOptions;
import dev.octet.tools.onnx.OnnxImport;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small models, imported, compiled and run in floats on the CPU, compared with ONNX Runtime's results of the model. */
class ImportedPatternsTest {
    private static final int BATCH = 2;
    private static final double TOLERANCE = 1e-5;
    private static final String SEVERAL = "SeveralPorts";

    @TempDir
    private static Path folder;

    private static final Map<String, OnnxImport.Result> IMPORTED = new TreeMap<>();
    private static ClassLoader loader;

    /** Imports all models, and compiles them at once. */
    @BeforeAll
    static void compile() throws IOException {
        for (ImportedPattern pattern : ImportedPattern.values()) {
            add(pattern.name(), pattern.model());
        }
        add(SEVERAL, severalPorts());
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"), "-d", folder.toString());
        List<Path> sources =
                IMPORTED.values().stream().map(OnnxImport.Result::source).toList();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            boolean compiled = javac.getTask(
                            output, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as("%s", output).isTrue();
        }
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, ImportedPatternsTest.class.getClassLoader());
    }

    private static void add(String name, byte[] onnx) throws IOException {
        Path file = Files.write(folder.resolve(name + ".onnx"), onnx);
        IMPORTED.put(
                name,
                OnnxImport.run(
                        new ImportOptions(file, name, folder, folder, Map.of(), Optional.empty(), BATCH, false)));
    }

    @ParameterizedTest
    @EnumSource
    void isRecognisedAndComputesTheSame(ImportedPattern pattern) throws Exception {
        assertThat(compare(pattern.name(), pattern.model())).contains(pattern.expected());
    }

    private static byte[] severalPorts() {
        PatternModel model = new PatternModel().input("image", 3, 5, 6).input("meta", 7);
        String conv = model.node("Conv", "c", List.of("image", model.weight("conv.weight", 4, 3, 3, 3)));
        String features = model.node("Flatten", "f", List.of(model.node("GlobalAveragePool", "g", List.of(conv))));
        String meta = model.node("MatMul", "m", List.of("meta", model.weight("meta.weight", 7, 4)));
        model.node("Add", "sum", List.of(features, meta));
        model.node("Relu", "map", List.of(conv));
        return model.output("sum", 2).output("map", 4).bytes();
    }

    @Test
    void severalInputsAndOutputsComputeTheSame() throws Exception {
        assertThat(compare(SEVERAL, severalPorts()))
                .contains("net.input(\"meta\")", "net.output(\"sum\", ", "net.output(\"map\", ");
    }

    /** Compares a model; returns the class's text. */
    private static String compare(String name, byte[] onnx) throws Exception {
        OnnxImport.Result result = IMPORTED.get(name);
        String source = Files.readString(result.source());
        NetworkDefinition definition = (NetworkDefinition)
                loader.loadClass(name).getDeclaredConstructor().newInstance();
        Path plan = Files.createDirectories(folder.resolve("plan").resolve(name));
        try (Network network = new CpuFloats(definition, result.weights(), plan).open(BATCH);
                OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx)) {
            compare(network, session);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + source, e);
        }
        return source;
    }

    private static void compare(Network network, OrtSession session) throws OrtException {
        List<Port> inputs = network.plan().inputs();
        List<Port> outputs = network.plan().outputs();
        SplittableRandom random = new SplittableRandom(3);
        List<FloatBuffer> in = new ArrayList<>();
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        for (Port port : inputs) {
            FloatBuffer values = FloatBuffer.allocate(BATCH * port.shape().elements());
            while (values.hasRemaining()) {
                values.put((float) (3 * random.nextGaussian()));
            }
            in.add(values.flip());
            tensors.put(
                    port.name(),
                    OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values.duplicate(), dims(port)));
        }
        List<FloatBuffer> out = new ArrayList<>();
        outputs.forEach(
                port -> out.add(FloatBuffer.allocate(BATCH * port.shape().elements())));
        network.runBatch(BATCH, in, out);
        try (OrtSession.Result expected = session.run(tensors)) {
            for (int i = 0; i < outputs.size(); i++) {
                OnnxTensor tensor =
                        (OnnxTensor) expected.get(outputs.get(i).name()).orElseThrow();
                float[] numbers = new float[out.get(i).capacity()];
                assertThat(tensor.getFloatBuffer().remaining()).isEqualTo(numbers.length);
                tensor.getFloatBuffer().get(numbers);
                assertThat(Logits.relativeError(out.get(i).array(), numbers))
                        .as(outputs.get(i).name())
                        .isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    private static long[] dims(Port port) {
        List<Integer> shape = port.shape().dims();
        long[] dims = new long[shape.size() + 1];
        dims[0] = BATCH;
        for (int i = 0; i < shape.size(); i++) {
            dims[i + 1] = shape.get(i);
        }
        return dims;
    }
}
