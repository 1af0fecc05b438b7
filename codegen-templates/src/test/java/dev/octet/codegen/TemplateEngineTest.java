package dev.octet.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class TemplateEngineTest {
    private final TemplateEngine engine = TemplateEngine.velocity();

    /** Variables of a template among the test resources. */
    record SampleVars(String template, int size, String name, boolean wide) implements TemplateVars {
        long twice() {
            return 2L * size;
        }

        Object hidden() {
            return this;
        }
    }

    private static SampleVars sample(String template) {
        return new SampleVars(template, 1234567, "gemm", true);
    }

    @Test
    void replacesVariablesAndKeepsTheRest() {
        assertThat(engine.render(sample("test/sample.vm"))).isEqualTo("""
                    #pragma unroll
                    gemm: 1234567 and 2469134
                    wide
                """);
    }

    @Test
    void refusesUnknownVariables() {
        assertThatThrownBy(() -> engine.render(sample("test/unknown.vm")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("test/unknown.vm")
                .hasMessageContaining("depth");
    }

    @Test
    void hidesWhatIsNotText() {
        assertThat(TemplateVars.values(sample("x"))).containsOnlyKeys("name", "size", "twice", "wide");
    }

    @Test
    void namesMissingTemplates() {
        assertThatThrownBy(() -> engine.render(sample("test/absent.vm")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("test/absent.vm");
    }

    @Test
    void worksUnderAForeignContextClassLoader() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader foreign = new URLClassLoader(new URL[0], null)) {
            thread.setContextClassLoader(foreign);
            String text = TemplateEngine.velocity().render(sample("test/sample.vm"));
            assertThat(text).isEqualTo(engine.render(sample("test/sample.vm")));
            assertThat(thread.getContextClassLoader()).isSameAs(foreign);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
