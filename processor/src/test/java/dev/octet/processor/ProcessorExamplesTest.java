package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.testkit.DiagnosticExamples;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A small mistake for each code of the processor, compiled by javac. */
class ProcessorExamplesTest {
    /** Mistakes whose definitions are among the test resources. */
    private static final Map<HostCode, WrongDefinition> DEFINITIONS = new EnumMap<>(Map.of(
            HostCode.NOT_A_DEFINITION, WrongDefinition.NOT_A_DEFINITION,
            HostCode.ANNOTATION, WrongDefinition.IMAGE_CHANNELS,
            HostCode.OUTPUT, WrongDefinition.TAKEN,
            HostCode.EXCEPTION, WrongDefinition.HELPER_EXCEPTION,
            HostCode.NOT_DETERMINISTIC, WrongDefinition.NOT_DETERMINISTIC,
            HostCode.TIMEOUT, WrongDefinition.ENDLESS,
            HostCode.NO_WEIGHTS, WrongDefinition.NO_WEIGHTS,
            HostCode.UNKNOWN_TENSOR, WrongDefinition.UNKNOWN_WEIGHT,
            HostCode.TENSOR_SHAPE, WrongDefinition.WEIGHT_SHAPE,
            HostCode.TENSOR_TYPE, WrongDefinition.INTEGER_WEIGHT));

    @TempDir
    Path folder;

    private final DiagnosticExamples examples = new DiagnosticExamples();

    @TestFactory
    Stream<DynamicTest> everyCodeHasAnExample() {
        DEFINITIONS.forEach((code, wrong) ->
                examples.reported(code.id(), () -> wrong.check(Javac.inProcess(), folder.resolve(code.name()))));
        options();
        surroundings();
        tensors();
        return examples.tests(Stream.of(HostCode.values()).map(HostCode::id));
    }

    /** Other mistakes of the same kinds. */
    @TestFactory
    Stream<DynamicTest> furtherMistakesAreOnTheirLines() {
        return Stream.of(WrongDefinition.values())
                .filter(wrong -> !DEFINITIONS.containsValue(wrong))
                .map(wrong -> DynamicTest.dynamicTest(
                        wrong.name().toLowerCase(Locale.ROOT),
                        () -> wrong.check(Javac.inProcess(), folder.resolve(wrong.name()))));
    }

    private void options() {
        report(HostCode.UNKNOWN_OPTION, module -> module.compile(Javac.inProcess(), "-Aoctet.dumb=all"));
        report(HostCode.OPTION_VALUE, module -> module.compile(Javac.inProcess(), "-Aoctet.timeout=soon"));
        report(HostCode.TUNING_LOG, module -> module.compile(Javac.inProcess(), "-Aoctet.tuning=none.tuning"));
        report(
                HostCode.NO_FOLDER,
                module -> module.compile(Javac.inProcess(InMemory::new), "-Aoctet.ptx=true", "-Aoctet.nvcc=nvcc"));
    }

    private void surroundings() {
        report(HostCode.DSL_VERSION, module -> module.with(oldLanguage()).compile(Javac.inProcess()));
        report(HostCode.NO_CLASS_FOLDER, module -> module.compileWithoutFolder(Javac.inProcess()));
        report(HostCode.NO_RUNTIME, module -> module.withoutRuntime().compile(Javac.inProcess()));
        report(HostCode.NOT_JAVAC, module -> module.compile(Javac.eclipse()));
        report(HostCode.INTERNAL, module -> module.compile(Javac.inProcess(Broken::new)));
        report(HostCode.NO_SOURCE, module -> {
            assertThat(module.compile(Javac.inProcess(), "-proc:none").success())
                    .isTrue();
            return module.with(module.classes()).compile(Javac.ofClasses("demo.Small"), "-proc:only");
        });
        examples.reported(HostCode.DOES_NOT_COMPILE.id(), this::generatedHelper);
    }

    /** Only the nested compilation fails: nobody else would say that there is no plan. */
    private String generatedHelper() throws IOException {
        TestModule module = new TestModule(folder.resolve("generated"), "uses_generated");
        Compiled compiled = module.compile(Javac.inProcess(() -> List.of(new GeneratesHelper(), new OctetProcessor())));
        assertThat(compiled.errors())
                .as(compiled.output())
                .singleElement()
                .satisfies(error -> assertThat(error.file() + ":" + error.line())
                        .isEqualTo(WrongDefinition.markedLine(module.sources())));
        return compiled.output();
    }

    private void tensors() {
        report(HostCode.UNUSED_TENSORS, module -> module.compile(Javac.inProcess()));
        examples.reported(HostCode.MISSING_BIAS.id(), () -> {
            TestModule module = Sketch.of("""
                            Tensor x = net.input("image");
                            x = x.conv2d("conv1", 4, kernel(3)); // error
                            net.output("logits", x.globalAvgPool().dense("fc", 10));
                            """)
                    .module(folder.resolve("bias"), TestModule.weights().tensor("conv1.bias", "F32", 4));
            Compiled compiled = module.compile(Javac.inProcess());
            assertThat(compiled.success()).as(compiled.output()).isTrue();
            assertThat(compiled.warnings()).as(compiled.output()).anySatisfy(warning -> {
                assertThat(warning.text()).contains(HostCode.MISSING_BIAS.id(), "conv1.bias", ".bias()");
                assertThat(warning.file() + ":" + warning.line())
                        .isEqualTo(WrongDefinition.markedLine(module.sources()));
            });
            return compiled.output();
        });
    }

    /** What is done to a module that is right. */
    private interface Mistake {
        Compiled in(TestModule module) throws IOException;
    }

    private void report(HostCode code, Mistake mistake) {
        Callable<String> output = () -> mistake.in(new TestModule(folder.resolve(code.name()), "right/self_contained"))
                .output();
        examples.reported(code.id(), output);
    }

    /** A folder with another release of the language, as far as that shows. */
    private Path oldLanguage() throws IOException {
        Path old = folder.resolve("old");
        Path source = Files.createDirectories(old).resolve("DslVersion.java");
        Files.writeString(
                source,
                "package dev.octet.dsl; public final class DslVersion { static final String CURRENT = \"0.0.9\"; }");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", old.toString(), source.toString()))
                .isZero();
        return old;
    }

    /** Keeps what is written, but not in a folder, as some build tools do. */
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final List<JavaFileObject> written = new ArrayList<>();

        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) throws IOException {
            return kind == JavaFileObject.Kind.CLASS
                    ? nowhere(className.replace('.', '/') + kind.extension, kind)
                    : super.getJavaFileForOutput(location, className, kind, sibling);
        }

        @Override
        public FileObject getFileForOutput(
                Location location, String packageName, String relativeName, FileObject sibling) {
            return nowhere(relativeName, JavaFileObject.Kind.OTHER);
        }

        private JavaFileObject nowhere(String path, JavaFileObject.Kind kind) {
            JavaFileObject file = new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return OutputStream.nullOutputStream();
                }
            };
            written.add(file);
            return file;
        }
    }

    /** Fails where no file manager should. */
    private static final class Broken extends ForwardingJavaFileManager<JavaFileManager> {
        Broken(JavaFileManager files) {
            super(files);
        }

        @Override
        public FileObject getFileForOutput(
                Location location, String packageName, String relativeName, FileObject sibling) {
            throw new IllegalStateException("the file manager has a defect");
        }
    }
}
