package dev.octet.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.plan.Target;
import dev.octet.plan.launch.Step;
import dev.octet.toolchain.CudaTools;
import dev.octet.toolchain.ToolchainOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every launch of a plan finds its kernel, for the machine that it was built for. */
class BuiltKernelsTest {
    private final Compilation compiled =
            OctetCompiler.compile(TuningSample.request(8, Target.SM_80), new CudaWriter(), DumpSink.NONE);

    private List<Step> steps() {
        return compiled.plan().programs().get(0).steps();
    }

    /** Needs nvcc or NVRTC. */
    @Test
    void areMachineCodeWhereThereIsAnAssembler() {
        ToolchainOptions options = ToolchainOptions.fromSystem();
        try (CudaTools tools = CudaTools.find(options)) {
            assumeTrue(tools.assembler().isPresent(), "kernels need a compiler of CUDA with its assembler");
        }
        BuiltKernels kernels = BuiltKernels.of(compiled.kernels(), 90, options);
        for (Step step : steps()) {
            byte[] elf = kernels.cubin(Target.SM_80, step.kernel(), 90).orElseThrow();
            assertThat(elf).startsWith(0x7f, 'E', 'L', 'F');
            assertThat(kernels.cubin(Target.SM_80, step.kernel(), 80)).isEmpty();
            assertThat(kernels.ptx(Target.SM_80, step.kernel())).isEmpty();
        }
    }

    @Test
    void arePtxWhereThereIsNone(@TempDir Path folder) {
        ToolchainOptions options = new ToolchainOptions(
                Optional.of(new FakeNvcc(folder).withoutAssembler()),
                Optional.empty(),
                List.of(),
                folder.resolve("cache"),
                Duration.ofMinutes(1),
                2);
        BuiltKernels kernels = BuiltKernels.of(compiled.kernels(), 90, options);
        for (Step step : steps()) {
            assertThat(kernels.cubin(Target.SM_80, step.kernel(), 90)).isEmpty();
            assertThat(kernels.ptx(Target.SM_80, step.kernel()))
                    .hasValueSatisfying(ptx -> assertThat(ptx).contains(".entry k("));
        }
    }
}
