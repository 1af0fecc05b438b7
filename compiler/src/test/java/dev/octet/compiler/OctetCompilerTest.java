package dev.octet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.launch.LaunchProgram;
import org.junit.jupiter.api.Test;

class OctetCompilerTest {
    private static final KernelWriter NAMES = ScheduledKernel::name;

    private static Compilation fashion() {
        return OctetCompiler.compile(Networks.fashion(), NAMES, DumpSink.NONE);
    }

    @Test
    void fashionRunsInFewIntegerKernels() {
        Compilation compilation = fashion();
        LaunchProgram program = compilation.plan().programs().get(0);
        assertThat(program.steps())
                .extracting(step -> step.kernel().name().replaceFirst("_.*", ""))
                .containsExactly(
                        "quantize",
                        "conv2d",
                        "conv2d",
                        "conv2d",
                        "conv2d",
                        "conv2d",
                        "conv2d",
                        "conv2d",
                        "conv2d",
                        "conv2d",
                        "avgpool",
                        "dense");
    }
}
