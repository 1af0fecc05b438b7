package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eclipse's compiler has no trees that would lead to sources: it gets the typed class, and says so. The plan comes from a
 * javac that compiles nothing.
 */
class EclipseCompilerTest {
    @TempDir
    Path folder;

    @Test
    void writesTheTypedClassAndJavacThePlan() throws Exception {
        TestModule module = new TestModule(folder, "right/self_contained");
        Compiled compiled = module.compile(Javac.eclipse());
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(compiled.output()).contains(HostCode.NOT_JAVAC.id());
        assertThat(module.generated().keySet()).containsExactly("demo/SmallNetwork.java");

        Path typedClasses = Files.createDirectories(folder.resolve("generated"));
        Compiled traced = module.compileOnly(Javac.inProcess(), typedClasses, "-proc:only");
        assertThat(traced.success()).as(traced.output()).isTrue();
        assertThat(module.generated()).containsKey("META-INF/octet/demo.Small/plan");
    }
}
