package dev.octet.processor;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.DslException;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.text.PlanText;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever numbers a definition has, it becomes a plan that can be read, or is refused with a code on a line. */
class ExtremeNetworkTest {
    /** What concerns no single call is reported at the annotation. */
    private static final Set<DiagnosticCode> OF_THE_ANNOTATION =
            Set.of(CompilerCode.MAX_BATCH, CompilerCode.NETWORK_TOO_LARGE);

    private static final int SEEDS = 1000;

    @Test
    void isAPlanOrACodedErrorInSeconds() {
        TreeMap<String, Integer> outcomes = new TreeMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            long current = seed;
            String outcome =
                    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> outcome(current), () -> "seed " + current);
            outcomes.merge(outcome, 1, Integer::sum);
        }
        assertThat(outcomes)
                .as("otherwise this test shows little")
                .containsKeys(
                        CompilerCode.MAX_BATCH.id(),
                        CompilerCode.VALUE_TOO_LARGE.id(),
                        CompilerCode.WINDOW_TOO_LARGE.id(),
                        CompilerCode.MEAN_TOO_LARGE.id());
        assertThat(outcomes.get("plan")).as(outcomes.toString()).isGreaterThan(SEEDS / 4);
    }

    /** The code that refuses a network, or {@code plan} if it becomes one. */
    private static String outcome(long seed) {
        try {
            requirePlan(ExtremeNetwork.request(seed), "seed " + seed);
            return "plan";
        } catch (DslException e) {
            return e.code().id();
        } catch (CompileException e) {
            assertThat(e.code().id()).as("seed %d: %s", seed, e.getMessage()).matches("OCTET-COMPILE-0[0-9]{2}");
            assertThat(e.line().isPresent() || OF_THE_ANNOTATION.contains(e.code()))
                    .as("seed %d: %s", seed, e.getMessage())
                    .isTrue();
            return e.code().id();
        }
    }

    private static void requirePlan(CompileRequest request, String what) {
        Compilation compilation = OctetCompiler.compile(request, new CudaWriter(), DumpSink.NONE);
        byte[] text = PlanText.write(compilation.plan());
        assertThat(PlanText.write(PlanText.read(text, what))).as(what).isEqualTo(text);
    }

    @Test
    void theMostCallsAreCompiledInSeconds() {
        NetworkDefinition deep = net -> {
            Tensor x = net.input("image");
            for (int i = 0; i < TracedNetwork.MOST_CALLS - 2; i++) {
                x = i % 2 == 0 ? x.conv2d("conv" + i, 1, kernel(1)) : x.add("sum" + i, x);
            }
            net.output("y", x);
        };
        CompileRequest request = ExtremeNetwork.request(
                deep, new PortShape("image", List.of(1, 2, 2)), new PortShape("y", List.of(1, 2, 2)), 1);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> requirePlan(request, "deep"));
    }
}
