package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.jetbrains.jps.javac.APIWrappers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IntelliJ IDEA wraps the environment; the definition is traced all the same. */
class WrappedEnvironmentTest {
    @TempDir
    Path folder;

    @Test
    void tracesBehindTheWrapper() throws Exception {
        TestModule module = new TestModule(folder, "right/self_contained");
        Compiled compiled = module.compile(Javac.inProcess(() -> List.of(new Wrapping())));
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(module.generated()).containsKey("META-INF/octet/demo.Small/plan");
    }

    /** Octet's processor with a wrapped environment, in place of the plain one. */
    private static final class Wrapping extends AbstractProcessor {
        private final Processor octet = new OctetProcessor();

        @Override
        public synchronized void init(ProcessingEnvironment environment) {
            octet.init(APIWrappers.wrap(ProcessingEnvironment.class, environment));
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return octet.getSupportedAnnotationTypes();
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return octet.getSupportedSourceVersion();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return octet.process(annotations, round);
        }
    }
}
