package dev.octet.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The lint finds what it is there to find. */
class TemplateLintTest {
    private static final String HEADER = "## Variables: Sample.\n";
    private static final String USES_ALL = "${size}\n#if($wide)\nx\n#end\n";

    record Sample(int size, boolean wide) implements TemplateVars {
        @Override
        public String template() {
            return "sample.vm";
        }
    }

    private static List<String> findings(String text) {
        return TemplateLint.findings(text, new Sample(3, true));
    }

    @Test
    void acceptsVerbatimBlocksAndDirectives() {
        assertThat(findings(HEADER + USES_ALL + "#[[#pragma unroll]]#\n#if($wide)\na\n#else\nb\n#end\n"))
                .isEmpty();
    }

    @Test
    void findsPreprocessorLines() {
        assertThat(findings(HEADER + USES_ALL + "#include <cuda_fp16.h>\n"))
                .containsExactly("line 6: a hash that Velocity would swallow");
    }

    @Test
    void findsPastedTokens() {
        assertThat(findings(HEADER + USES_ALL + "int left##right;\n"))
                .containsExactly("line 6: a hash that Velocity would swallow");
    }

    @Test
    void findsOtherDirectives() {
        assertThat(findings(HEADER + USES_ALL + "#set($x = 1)\n"))
                .containsExactly(
                        "line 6: a hash that Velocity would swallow",
                        "line 6: a reference that is not of the form ${name}");
    }

    @Test
    void findsDeepNesting() {
        assertThat(findings(HEADER + USES_ALL + "#if($wide)#if($wide)#if($wide)#end#end#end\n"))
                .containsExactly("line 6: #if nested more than once");
    }

    @Test
    void findsVariablesThatDoNotExistOrFit() {
        assertThat(findings(HEADER + USES_ALL + "${depth} ${wide}\n#if($size)#end\n"))
                .containsExactly(
                        "line 6: unknown variable depth",
                        "line 6: boolean wide in the text",
                        "line 7: #if on size, which is not a boolean");
    }

    @Test
    void findsMissingHeadersAndUnusedVariables() {
        assertThat(findings("${size}\n"))
                .containsExactly(
                        "line 1 does not begin with '## Variables: Sample.'",
                        "variable size is not used",
                        "variable wide is not used");
    }
}
