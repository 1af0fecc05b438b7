package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What NVIDIA's tools themselves say; skipped where there are none. */
class RealToolkitTest {
    static final String KERNEL = """
            struct Args { const signed char* x; int* y; void* workspace; int n; };
            namespace { __device__ __noinline__ int helper(int a) { return a * 3; } }
            extern "C" __global__ void __launch_bounds__(128) k_dot(const Args a) {
              __shared__ int s[128];
              int i = blockIdx.x * 128 + threadIdx.x;
              s[threadIdx.x] = reinterpret_cast<const int*>(a.x)[i];
              __syncthreads();
              int acc = helper(i);
              #if OCTET_SM != 61
              #error wrong target
              #endif
              asm("dp4a.s32.s32 %0, %1, %2, %0;" : "+r"(acc) : "r"(s[threadIdx.x ^ 1]), "r"(s[threadIdx.x]));
              if (i < a.n) a.y[i] = acc;
            }
            """;

    @TempDir
    Path cache;

    private Nvcc nvcc;
    private PtxAssembler assembler;

    @BeforeEach
    void findToolkit() {
        ToolchainOptions system = ToolchainOptions.fromSystem();
        ToolchainOptions options = new ToolchainOptions(
                system.nvcc(), system.cudaHome(), system.searchPath(), cache, system.timeLimit(), 2);
        Optional<Nvcc> found = Nvcc.find(options);
        assumeTrue(found.isPresent(), "no nvcc on this machine: set octet.nvcc or CUDA_HOME to test with one");
        nvcc = found.get();
        assembler = Ptxas.beside(nvcc, options).orElseThrow();
    }

    private String process(String source) {
        return new PtxPostProcessor().process(Target.SM_61, "k", nvcc.identity(), nvcc.compile(Target.SM_61, source));
    }

    @Test
    void makesPtxThatTheAssemblerTakesForTheTarget() {
        String ptx = process(KERNEL);

        assertThat(ptx).startsWith(".version 5.0\n.target sm_61\n").contains("dp4a.s32.s32");
        PtxAssembler.Assembled assembled = assembler.assemble(Target.SM_61, 75, "k_dot", ptx);
        assertThat(assembled.registers()).isBetween(8, 64);
        assertThat(assembled.sharedBytes()).isEqualTo(128 * 4);
    }

    /** Two products of a warpgroup, and what stands between them. */
    private static String products(String between) {
        String product = """
                asm volatile("wgmma.mma_async.sync.aligned.m64n8k32.s32.u8.s8 {%0, %1, %2, %3}, %4, %5, SCALE;"
                    : "+r"(d[0]), "+r"(d[1]), "+r"(d[2]), "+r"(d[3]) : "l"(a), "l"(b));
                """;
        return """
                extern "C" __global__ void __launch_bounds__(128) k_products(int* y, unsigned long long a, unsigned long long b) {
                  int d[4] = {0, 0, 0, 0};
                  asm volatile("griddepcontrol.wait;");
                  asm volatile("fence.proxy.async.shared::cta;");
                  asm volatile("" : "+r"(d[0]), "+r"(d[1]), "+r"(d[2]), "+r"(d[3]));
                  asm volatile("wgmma.fence.sync.aligned;");
                """ + product.replace("SCALE", "0") + between + product.replace("SCALE", "1") + """
                  asm volatile("wgmma.commit_group.sync.aligned;");
                  asm volatile("wgmma.wait_group.sync.aligned 0;" : "+r"(d[0]), "+r"(d[1]), "+r"(d[2]), "+r"(d[3]));
                  for (int i = 0; i < 4; i++) y[threadIdx.x * 4 + i] = d[i];
                }
                """;
    }

    private String processForHopper(String source) {
        return new PtxPostProcessor().process(Target.SM_90A, "k", nvcc.identity(), nvcc.compile(Target.SM_90A, source));
    }

    @Test
    void assemblesProductsOfWarpgroups() {
        String ptx = processForHopper(products(""));

        assertThat(ptx).startsWith(".version 8.4\n.target sm_90a\n");
        assertThat(assembler.assemble(Target.SM_90A, 90, "k_products", ptx).registers())
                .isPositive();
        assertThatThrownBy(() -> assembler.assemble(
                        Target.SM_80, 90, "k_products", ptx.replace(".target sm_90a", ".target sm_90")))
                .hasMessageContaining("OCTET-TOOL-008")
                .hasMessageContaining("not supported on .target 'sm_90'");
    }

    @Test
    void refusesProductsThatWaitForEachOther() {
        String ptx = processForHopper(products("y[600] = d[1];"));

        assertThatThrownBy(() -> assembler.assemble(Target.SM_90A, 90, "k_products", ptx))
                .hasMessageContaining("OCTET-TOOL-020")
                .hasMessageContaining("instructions are serialized");
    }

    @Test
    void makesTheSamePtxEveryTime() {
        assertThat(process(KERNEL)).isEqualTo(process(KERNEL));
    }

    @Test
    void compilesThroughTheCache() {
        KernelCompiler compiler = new KernelCompiler(nvcc, Optional.of(assembler), new KernelCache(cache));

        assertThat(compiler.compile(Target.SM_61, KERNEL).cached()).isFalse();
        assertThat(compiler.compile(Target.SM_61, KERNEL).cached()).isTrue();
    }

    @Test
    void namesTheLineOfAnError() {
        assertThatThrownBy(() -> nvcc.compile(Target.SM_61, KERNEL.replace("helper(i)", "helped(i)")))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("kernel k_dot for sm_61: line 8: identifier \"helped\" is undefined");
    }

    @Test
    void findsInstructionsThatTheTargetLacks() {
        String newer = process(KERNEL).replace("dp4a.s32.s32 ", "cvt.pack.sat.s8.s32.b32 ");

        assertThatThrownBy(() -> assembler.assemble(Target.SM_61, 75, "k_dot", newer))
                .hasMessageContaining("OCTET-TOOL-008")
                .hasMessageContaining("requires .target sm_72");
    }

    @Test
    void findsInstructionsThatTheDeclaredVersionLacks() {
        String ptx = process(KERNEL);

        assertThatThrownBy(() -> assembler.assemble(Target.SM_61, 75, "k_dot", ptx.replace("bar.sync", "barrier.sync")))
                .hasMessageContaining("requires PTX ISA .version 6.0");
    }

    @Test
    void findsSpills() {
        String greedy = """
                extern "C" __global__ void __launch_bounds__(1024) greedy(const int* a, int* b) {
                  int v[100];
                  #pragma unroll
                  for (int i = 0; i < 100; i++) v[i] = a[threadIdx.x * 100 + i];
                  __syncthreads();
                  for (int k = 0; k < a[0]; k++) {
                    #pragma unroll
                    for (int i = 0; i < 100; i++) v[i] = v[i] * v[(i * 7 + 1) % 100] + k;
                  }
                  #pragma unroll
                  for (int i = 0; i < 100; i++) b[i * 1024 + threadIdx.x] = v[i];
                }
                """;
        String ptx = process(greedy);

        assertThat(assembler.assemble(Target.SM_61, 75, "greedy", ptx).spilledBytes())
                .isPositive();
    }
}
