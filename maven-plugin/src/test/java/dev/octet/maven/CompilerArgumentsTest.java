package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.io.StringReader;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerArgumentsTest {
    private final Plugin compiler = new Plugin();

    CompilerArgumentsTest() {
        compiler.setGroupId("org.apache.maven.plugins");
        compiler.setArtifactId("maven-compiler-plugin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"octet.dir", "octet.dump", "octet.floats", "octet.ptx", "octet.timeout", "octet.tuning"})
    void aPropertyThatDoesNotReachJavacIsRefused(String name) {
        assertThatThrownBy(() -> arguments().check(List.of("octet.cache", name)))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-015")
                .hasMessageContaining("<compilerArgs><arg>-A" + name + "=...");
    }

    @Test
    void othersAreTheBusinessOfTheGoals() {
        assertThatCode(() -> arguments().check(List.of("octet.cache", "octet.nvcc", "octet.network", "dir")))
                .doesNotThrowAnyException();
    }

    @Test
    void theCompilersConfigurationHandsThemOn() throws Exception {
        compiler.setConfiguration(Xpp3DomBuilder.build(
                new StringReader("<configuration><compilerArgs><arg>-Aoctet.dump=${octet.dump}</arg>"
                        + "</compilerArgs></configuration>")));
        assertThatCode(() -> arguments().check(List.of("octet.dump"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> arguments().check(List.of("octet.dump", "octet.ptx")))
                .hasMessageContaining("octet.ptx");
    }

    @Test
    void soDoesThatOfAnExecution() throws Exception {
        PluginExecution execution = new PluginExecution();
        execution.setId("default-compile");
        execution.setConfiguration(Xpp3DomBuilder.build(new StringReader(
                "<configuration><compilerArgument>-Aoctet.dir=weights</compilerArgument></configuration>")));
        compiler.addExecution(execution);
        assertThatCode(() -> arguments().check(List.of("octet.dir"))).doesNotThrowAnyException();
    }

    private CompilerArguments arguments() {
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(compiler);
        return new CompilerArguments(new MavenProject(model));
    }
}
