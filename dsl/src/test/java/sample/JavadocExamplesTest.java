package sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.Tracer;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples in the Javadoc of {@link Tensor} compile and can be traced, on an image {@code x}[32,16,16]. An example is
 * one or more expressions, each on a line, or a statement.
 */
class JavadocExamplesTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/octet/dsl/Tensor.java");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?)\\n +\\* }</pre>", Pattern.DOTALL);
    private static final Set<String> NO_OPERATORS = Set.of("name", "shape", "channels", "apply");

    @TempDir
    private static Path folder;

    private static List<String> examples;

    @BeforeAll
    static void readAndCompile() throws IOException {
        examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(SOURCE));
        while (matcher.find()) {
            matcher.group(1)
                    .lines()
                    .map(line -> line.strip().substring(1).strip())
                    .forEach(examples::add);
        }
        Path file = folder.resolve("Examples.java");
        Files.writeString(file, source());
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiles = javac.getTask(
                        messages,
                        null,
                        null,
                        options,
                        null,
                        javac.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertThat(compiles).as(messages.toString()).isTrue();
    }

    private static String source() {
        StringBuilder text = new StringBuilder("""
                import static dev.octet.dsl.Kernel.kernel;
                import dev.octet.dsl.*;
                public final class Examples {
                    private static Tensor end(Tensor value) {
                        return (value.shape().size() == 1 ? value : value.globalAvgPool("end.mean")).dense("end", 10);
                    }
                """);
        for (int i = 0; i < examples.size(); i++) {
            text.append("""
                    public static final class Example%d implements NetworkDefinition {
                        public void define(Net net) {
                            Tensor x = net.input("x");
                            %s;
                        }
                    }
                    """.formatted(i, statement(examples.get(i))));
        }
        return text.append("}\n").toString();
    }

    private static String statement(String example) {
        return example.startsWith("net.output") ? example : "net.output(\"probabilities\", end(" + example + "))";
    }

    @Test
    void everyExampleCanBeTraced() throws Exception {
        assertThat(examples).isNotEmpty();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (int i = 0; i < examples.size(); i++) {
                Class<?> type = loader.loadClass("Examples$Example" + i);
                NetworkDefinition definition =
                        (NetworkDefinition) type.getConstructor().newInstance();
                assertThat(trace(definition).nodes()).as(examples.get(i)).hasSizeGreaterThan(2);
            }
        }
    }

    private static TracedNetwork trace(NetworkDefinition definition) {
        List<PortShape> inputs = List.of(new PortShape("x", List.of(32, 16, 16)));
        return Tracer.trace(definition, inputs, List.of(new PortShape("probabilities", List.of(10))));
    }

    @Test
    void everyOperatorHasAnExample() {
        Set<String> operators = Arrays.stream(Tensor.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !NO_OPERATORS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(operators)
                .allSatisfy(operator -> assertThat(examples)
                        .as("an example of " + operator)
                        .anyMatch(example -> example.contains("." + operator + "(")));
    }
}
