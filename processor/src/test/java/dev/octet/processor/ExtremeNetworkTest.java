package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.DslException;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.text.PlanText;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever numbers a definition has, it becomes a plan that can be read, or is refused with a code on a line. */
class ExtremeNetworkTest {
    /** What concerns no single call is reported at the annotation. */
    private static final Set<DiagnosticCode> OF_THE_ANNOTATION =
            Set.of(CompilerCode.MAX_BATCH, CompilerCode.NETWORK_TOO_LARGE);

    private static final int SEEDS = 1000;

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    /** The code that refuses a network, or {@code plan} if it becomes one. */
    private static String outcome(long seed) {
        try {
            CompileRequest request = ExtremeNetwork.request(seed);
            Compilation compilation = OctetCompiler.compile(request, new CudaWriter(), DumpSink.NONE);
            byte[] text = PlanText.write(compilation.plan());
            assertThat(PlanText.write(PlanText.read(text, "plan"))).isEqualTo(text);
            return "plan";
        } catch (DslException e) {
            return e.code().id();
        } catch (CompileException e) {
            assertThat(e.code().id()).as(e.getMessage()).matches("OCTET-COMPILE-0[0-9]{2}");
            assertThat(e.line().isPresent() || OF_THE_ANNOTATION.contains(e.code()))
                    .as(e.getMessage())
                    .isTrue();
            return e.code().id();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void isAPlanOrACodedError(long seed) {
        outcome(seed);
    }

    /** Otherwise the test above would show little. */
    @Test
    void everyKindOfOutcomeIsMet() {
        TreeMap<String, Integer> outcomes = new TreeMap<>();
        seeds().forEach(seed -> outcomes.merge(outcome(seed), 1, Integer::sum));
        Stream.of(
                        CompilerCode.MAX_BATCH,
                        CompilerCode.VALUE_TOO_LARGE,
                        CompilerCode.LAYER_TOO_LARGE,
                        CompilerCode.WINDOW_TOO_LARGE)
                .forEach(code -> assertThat(outcomes).containsKey(code.id()));
        assertThat(outcomes.get("plan")).as(outcomes.toString()).isGreaterThan(SEEDS / 4);
    }
}
