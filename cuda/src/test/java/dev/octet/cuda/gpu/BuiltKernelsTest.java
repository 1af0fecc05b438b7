package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import dev.octet.plan.launch.Step;
import dev.octet.toolchain.Nvcc;
import dev.octet.toolchain.ToolchainOptions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a GPU: random kernels are built to machine code. */
class BuiltKernelsTest {
    @ParameterizedTest
    @EnumSource
    void areElfFilesForTheMachine(Target target) {
        assumeTrue(Nvcc.find(ToolchainOptions.fromSystem()).isPresent(), "no nvcc");
        Map<String, String> sources = new TreeMap<>();
        CaseKernels kernels =
                RandomCases.of(target, RandomCases::convolutions, 1).get(5).kernels();
        sources.putAll(kernels.sources());
        Step.Kernel kernel = kernels.programs().get(0).steps().get(0).kernel();

        BuiltKernels built = BuiltKernels.of(target, sources, 90);

        assertThat(built.cubin(target, kernel, 90).orElseThrow()).startsWith(0x7f, 'E', 'L', 'F');
        assertThat(built.cubin(target, kernel, 80)).isEmpty();
        assertThat(built.ptx(target, kernel).orElseThrow()).contains(".target " + target.text(), kernel.name());
    }
}
