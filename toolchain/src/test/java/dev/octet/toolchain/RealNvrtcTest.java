package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.kernel.CubinFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What NVRTC and nvJitLink themselves say; skipped where the jar has not been downloaded. */
@Tag("nvrtc")
class RealNvrtcTest {
    private static final Path JAR = Path.of(
            System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"),
            "org/bytedeco/cuda-redist/12.9-9.10-1.5.12/cuda-redist-12.9-9.10-1.5.12-linux-x86_64.jar");
    private static final Path GOLDEN = Path.of("../codegen-templates/src/test/resources/golden/CudaWriterTest");

    @TempDir
    static Path cache;

    private static CudaTools tools;

    @BeforeAll
    static void findNvrtc() {
        assumeTrue(Files.exists(JAR), "no " + JAR + ": a build with -Pnvrtc downloads it");
        tools = find();
    }

    @AfterAll
    static void endProcesses() {
        if (tools != null) {
            tools.close();
        }
    }

    private static ToolchainOptions options() {
        return new ToolchainOptions(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(JAR),
                Optional.empty(),
                cache,
                ToolchainOptions.TIME_LIMIT,
                false,
                2);
    }

    private static CudaTools find() {
        return CudaTools.find(options());
    }

    private static String compile(CudaTools tools, Target target, String source) {
        PtxCompiler compiler = tools.compiler().orElseThrow();
        return new PtxPostProcessor().process(target, "k", compiler.identity(), compiler.compile(target, source));
    }

    private static PtxAssembler.Assembled assemble(Target target, int machine, String ptx) {
        return tools.assembler().orElseThrow().assemble(target, machine, "k", ptx);
    }

    static Stream<Path> golden() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".cu")).sorted().toList().stream();
        }
    }

    /** A kernel's name, in the second line, ends with its target. */
    private static Target target(String source) {
        String name = source.lines().skip(1).findFirst().orElseThrow();
        return Arrays.stream(Target.values())
                .filter(target -> name.endsWith("_" + target.text().replace("_", "")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }

    /** Lanes exchange values since version 6.0, and warpgroups multiply signed by unsigned bytes since 8.4. */
    private static String version(Target target, String ptx) {
        if (target == Target.SM_61 && ptx.contains("shfl.sync")) {
            return "6.0";
        }
        return Pattern.compile("wgmma\\.[a-z0-9_.]*(u8\\.s8|s8\\.u8)")
                        .matcher(ptx)
                        .find()
                ? "8.4"
                : target.ptxVersion();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void compilesEveryKindOfKernelForEveryDefaultMachine(Path golden) throws IOException {
        String source = Files.readString(golden);
        Target target = target(source);
        String ptx = compile(tools, target, source);

        assertThat(ptx).startsWith(".version " + version(target, ptx)).contains(".target " + target.text() + "\n");
        for (int machine : Machines.DEFAULT.running(target)) {
            PtxAssembler.Assembled assembled = assemble(target, machine, ptx);
            assertThat(assembled.elf()).startsWith(127, 'E', 'L', 'F');
            // Of the largest tiles of warpgroups only two blocks fit a multiprocessor.
            assertThat(assembled.registers()).isBetween(8, source.contains("__launch_bounds__(128, 2)") ? 255 : 168);
        }
    }

    @Test
    void makesTheSameBytesInEveryProcess() throws IOException {
        String tensorCores = Files.readString(GOLDEN.resolve("conv2d-mma-residual.cu"));
        try (CudaTools other = find()) {
            assertSame(other, Target.SM_80, tensorCores);
            assertSame(other, Target.SM_61, RealToolkitTest.KERNEL);
        }
    }

    private static void assertSame(CudaTools other, Target target, String source) {
        String ptx = compile(tools, target, source);
        assertThat(compile(other, target, source)).isEqualTo(ptx);
        assertThat(other.assembler()
                        .orElseThrow()
                        .assemble(target, 90, "k", ptx)
                        .elf())
                .isEqualTo(assemble(target, 90, ptx).elf());
    }

    @Test
    void namesTheLineOfAnError() {
        String wrong = "// a comment\nextern \"C\" __global__ void k(int* a) { a[0] = b; }\n";

        assertThatThrownBy(() -> compile(tools, Target.SM_61, wrong))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-TOOL-004")
                .hasMessageContaining("kernel k for sm_61: line 2: identifier \"b\" is undefined");
    }

    @Test
    void findsWrongInlineAssemblyWhenItIsAssembled() {
        String wrong = "extern \"C\" __global__ void k(int* a) { asm(\"dp5a.s32 %0, 1;\" : \"=r\"(a[0])); }\n";
        String ptx = compile(tools, Target.SM_80, wrong);

        assertThatThrownBy(() -> assemble(Target.SM_80, 80, ptx))
                .hasMessageContaining("OCTET-TOOL-008")
                .hasMessageContaining("dp5a");
    }

    @Test
    void findsInstructionsThatTheDeclaredTargetLacks() throws IOException {
        String ptx = compile(tools, Target.SM_80, Files.readString(GOLDEN.resolve("conv2d-mma-point.cu")))
                .replace(".target sm_80", ".target sm_61");

        assertThatThrownBy(() -> assemble(Target.SM_61, 90, ptx))
                .hasMessageContaining("OCTET-TOOL-008")
                .hasMessageContaining("requires .target sm_");
    }

    @Test
    void buildsPtxAndMachineCodeAndLeavesThemAlone(@TempDir Path classes) throws IOException {
        Path kernels = Files.createDirectories(classes.resolve("META-INF/octet/kernels/sm_61"));
        Files.copy(GOLDEN.resolve("add.cu"), kernels.resolve("aa.cu"));
        Files.copy(GOLDEN.resolve("rescale.cu"), kernels.resolve("bb.cu"));

        PtxBuild.Result first = new PtxBuild(options()).run(classes);
        PtxBuild.Result second = new PtxBuild(options()).run(classes);

        assertThat(first.warnings()).isEmpty();
        assertThat(first.compiled() + first.cached()).isEqualTo(2);
        assertThat(CubinFile.read(Files.readAllBytes(kernels.resolve("aa.sm_90.cubin"))))
                .isPresent();
        assertThat(second)
                .isEqualTo(
                        new PtxBuild.Result(0, 0, 2, 0, 0, new PtxBuild.Cubins(0, 0, 6), second.compiler(), List.of()));
    }

    @Test
    void unpacksPrivatelyAndRepairsWhatWasChanged() throws IOException {
        compile(tools, Target.SM_61, Files.readString(GOLDEN.resolve("add.cu")));
        Path natives = cache.resolve("natives");
        Path folder;
        try (Stream<Path> folders = Files.list(natives)) {
            folder = folders.findFirst().orElseThrow();
        }
        assertThat(Files.getPosixFilePermissions(natives)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(NvrtcFiles.NAMES);

        Path library = Files.copy(folder.resolve(NvrtcFiles.NAMES.get(0)), cache.resolve("good"));
        Path damaged = Files.copy(library, cache.resolve("damaged"));
        try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write(file.read() ^ 1);
        }
        Files.move(damaged, folder.resolve(NvrtcFiles.NAMES.get(0)), StandardCopyOption.REPLACE_EXISTING);
        try (CudaTools other = find()) {
            compile(other, Target.SM_61, Files.readString(GOLDEN.resolve("add.cu")));
        }

        assertThat(Arrays.mismatch(
                        Files.readAllBytes(library), Files.readAllBytes(folder.resolve(NvrtcFiles.NAMES.get(0)))))
                .isEqualTo(-1);
    }
}
