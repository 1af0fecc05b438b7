package dev.octet.compiler.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import dev.octet.plan.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramVerifierTest {
    private static final Graph GRAPH = GraphText.parse("""
            graph laid_out
            %0 image : u8[3,4,4] pitch 3 = input()
            %1 image.quantized : s8[3,4,4] pitch 16 scale image = quantize(%0)
            %2 a : u8[3,4,4] pitch 16 scale a = activate(%1) activation=relu
            %3 b : s8[3,4,4] pitch 16 scale b = add(%1,%2) activation=none
            %4 b.dequantized : f32[3,4,4] pitch 3 = dequantize(%3)
            %5 y : f32[3,4,4] pitch 3 = output(%4)
            end
            """);

    private static final List<Step> STEPS = List.of(step(1, 0), step(2, 1), step(3, 1, 2), step(4, 3));

    private static Step step(int op, Integer... inputs) {
        return new Step(
                new Region(List.of(op), List.of(inputs), List.of(op)),
                new Step.Kernel("k" + op, "0".repeat(32)),
                Geometry.of(1, 1, 1, 32),
                List.of(),
                List.of(),
                Step.Workspace.NONE);
    }

    /** Places the values 0 to 4. */
    private static List<Buffer> at(long... offsets) {
        List<Buffer> buffers = new ArrayList<>();
        for (int value = 0; value < offsets.length; value++) {
            buffers.add(
                    new Buffer(value, offsets[value], GRAPH.node(value).type().bytesPerImage()));
        }
        return buffers;
    }

    private static void verify(List<Buffer> buffers, List<Step> steps) {
        ProgramVerifier.verify(GRAPH, new LaunchProgram(Target.SM_61, 1, 8, buffers, 4096, steps));
    }

    private static void refused(List<Buffer> buffers, List<Step> steps, String reason) {
        CompileException e = catchThrowableOfType(CompileException.class, () -> verify(buffers, steps));
        assertThat(e).as(reason).isNotNull();
        assertThat(e.code()).isEqualTo(CompilerCode.INVALID_PLAN);
        assertThat(e).hasMessageContaining("program for sm_61").hasMessageContaining(reason);
    }

    @Test
    void acceptsMemoryThatIsUsedAgainInTime() {
        assertThatCode(() -> verify(at(0, 256, 512, 768, 256), STEPS)).doesNotThrowAnyException();
    }

    @Test
    void refusesAResultOnItsOperand() {
        refused(at(0, 256, 512, 256, 768), STEPS, "k3 writes over its operand %1 image.quantized");
    }

    @Test
    void refusesToLoseAValueThatIsReadLater() {
        refused(
                at(0, 256, 512, 768, 1024),
                List.of(step(1, 0), step(2, 1), step(4, 3), step(3, 1, 2)),
                "%3 b is not in memory when k4 reads it");
        refused(at(0, 256, 0, 768, 1024), STEPS, "%0 image is not in memory when the caller reads it");
    }

    @Test
    void refusesMissingAndRepeatedSteps() {
        refused(at(0, 256, 512, 768, 1024), STEPS.subList(0, 3), "no step computes b.dequantized");
        refused(
                at(0, 256, 512, 768, 1024),
                List.of(STEPS.get(0), STEPS.get(0)),
                "%1 image.quantized is computed twice");
    }

    @Test
    void refusesAStepThatOnlyMoves() {
        List<Step> steps = new ArrayList<>(STEPS);
        steps.add(step(5, 4));
        refused(at(0, 256, 512, 768, 1024, 1280), steps, "k5 moves %5 y and computes nothing");
    }

    @Test
    void refusesAMissingOrSecondBuffer() {
        refused(at(0, 256, 512, 768), STEPS, "%4 b.dequantized has no buffer");
        List<Buffer> twice = at(0, 256, 512, 768, 1024);
        twice.add(new Buffer(2, 2048, 256));
        refused(twice, STEPS, "%2 a has two buffers");
    }
}
