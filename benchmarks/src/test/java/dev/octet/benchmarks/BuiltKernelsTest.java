package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import dev.octet.plan.launch.Step;
import dev.octet.toolchain.CudaTools;
import dev.octet.toolchain.ToolchainOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every launch of a plan finds its machine code, for the machine that it was built for. Needs nvcc. */
class BuiltKernelsTest {
    @Test
    void areThoseOfAPlan(@TempDir Path folder) throws IOException {
        try (CudaTools tools = CudaTools.find(ToolchainOptions.fromSystem())) {
            assumeTrue(tools.assembler().isPresent(), "kernels need a compiler of CUDA with its assembler");
        }
        CompiledNetwork compiled =
                CompiledNetwork.of(ConvolutionShape.ALL.get(0).subject(), Precision.INT8, Target.SM_80, 32);
        BuiltKernels kernels = BuiltKernels.of(compiled.compilation().kernels(), 90, folder);
        for (Step step : compiled.program().steps()) {
            byte[] elf = kernels.cubin(Target.SM_80, step.kernel(), 90).orElseThrow();
            assertThat(elf).startsWith(0x7f, 'E', 'L', 'F');
            assertThat(kernels.cubin(Target.SM_80, step.kernel(), 80)).isEmpty();
        }
    }
}
