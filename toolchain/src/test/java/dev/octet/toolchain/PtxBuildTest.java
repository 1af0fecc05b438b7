package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fake toolkit is made of shell scripts")
class PtxBuildTest {
    @TempDir
    Path bin;

    @TempDir
    Path classes;

    private FakeToolkit toolkit;
    private Path kernels;

    @BeforeEach
    void makeKernels() throws IOException {
        toolkit = new FakeToolkit(bin).workingNvcc().workingPtxas();
        kernels = Files.createDirectories(classes.resolve("META-INF/octet/kernels/sm_61"));
        Files.writeString(kernels.resolve("aa.cu"), source("a"));
        Files.writeString(kernels.resolve("bb.cu"), source("b"));
    }

    private static String source(String name) {
        return "extern \"C\" __global__ void " + name + "(int n) {}\n";
    }

    private PtxBuild.Result build() {
        return new PtxBuild(toolkit.options()).run(classes);
    }

    private PtxBuild.Result buildWithoutCompiler() {
        return new PtxBuild(new ToolchainOptions(
                        Optional.empty(), Optional.empty(), List.of(), bin.resolve("cache"), Duration.ofSeconds(9), 1))
                .run(classes);
    }

    @Test
    void compilesEveryKernelAndChecksIt() {
        assertThat(build()).isEqualTo(new PtxBuild.Result(2, 0, 0, 0, 0, List.of()));
        assertThat(kernels.resolve("aa.ptx"))
                .content()
                .contains(".target sm_61")
                .startsWith("// octet-ptx 1 ");
        assertThat(toolkit.calls())
                .containsExactlyInAnyOrder(
                        "nvcc --version", "nvcc -ptx", "nvcc -ptx", "ptxas -arch=sm_75", "ptxas -arch=sm_75");
    }

    @Test
    void startsNothingWhenNothingChanged() {
        build();
        toolkit.forgetCalls();

        assertThat(build()).isEqualTo(new PtxBuild.Result(0, 0, 2, 0, 0, List.of()));
        assertThat(toolkit.calls()).isEmpty();
    }

    @Test
    void takesEverythingFromTheCacheAfterAClean() throws IOException {
        build();
        byte[] first = Files.readAllBytes(kernels.resolve("aa.ptx"));
        Files.delete(kernels.resolve("aa.ptx"));
        Files.delete(kernels.resolve("bb.ptx"));
        toolkit.forgetCalls();

        assertThat(build()).isEqualTo(new PtxBuild.Result(0, 2, 0, 0, 0, List.of()));
        assertThat(toolkit.calls()).isEmpty();
        assertThat(kernels.resolve("aa.ptx")).hasBinaryContent(first);
    }

    @Test
    void compilesOnlyWhatChanged() throws IOException {
        build();
        Files.writeString(kernels.resolve("aa.cu"), source("a") + "// changed\n");

        assertThat(build()).isEqualTo(new PtxBuild.Result(1, 0, 1, 0, 0, List.of()));
    }

    @Test
    void repairsADamagedResult() throws IOException {
        build();
        Path ptx = kernels.resolve("aa.ptx");
        Files.writeString(ptx, Files.readString(ptx).replace("dp4a", "dp2a"));

        assertThat(build()).isEqualTo(new PtxBuild.Result(0, 1, 1, 0, 0, List.of()));
        assertThat(ptx).content().contains("dp4a");
    }

    @Test
    void compilesAgainWithAnotherCompiler() {
        build();
        toolkit.nvcc("echo V13.1.1", "cat > kernel.ptx <<'END'\n" + FakeToolkit.PTX + "END");

        assertThat(build().compiled()).isEqualTo(2);
    }

    @Test
    void deletesItsOwnFilesWithoutSourceAndNoOthers() throws IOException {
        build();
        Files.delete(kernels.resolve("aa.cu"));
        Files.writeString(kernels.resolve("cc.ptx"), FakeToolkit.PTX);

        assertThat(build()).isEqualTo(new PtxBuild.Result(0, 0, 1, 0, 1, List.of()));
        assertThat(kernels.resolve("aa.ptx")).doesNotExist();
        assertThat(kernels.resolve("cc.ptx")).exists();
    }

    @Test
    void warnsWithoutACompilerAndKeepsWhatIsValid() throws IOException {
        build();
        Files.writeString(kernels.resolve("bb.cu"), source("changed"));

        PtxBuild.Result result = buildWithoutCompiler();

        assertThat(result.upToDate()).isEqualTo(1);
        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.warnings())
                .singleElement()
                .asString()
                .startsWith("[OCTET-TOOL-002] No nvcc found")
                .contains(
                        "1 of 2 kernels stay uncompiled", "networks run on the device cpu only", "run the build again");
        assertThat(kernels.resolve("bb.ptx")).doesNotExist();
    }

    @Test
    void warnsWithoutAnAssembler() throws IOException {
        Files.delete(toolkit.program("ptxas"));

        assertThat(build().warnings()).singleElement().asString().startsWith("[OCTET-TOOL-012] No ptxas found");
        toolkit.workingPtxas();
        assertThat(build().compiled()).as("checked at the next chance").isEqualTo(2);
    }

    @Test
    void warnsWhenTheCacheCannotBeWritten() throws IOException {
        Files.writeString(bin.resolve("cache"), "a file where the folder should be");

        PtxBuild.Result result = build();

        assertThat(result.compiled()).isEqualTo(2);
        assertThat(result.warnings()).singleElement().asString().startsWith("[OCTET-TOOL-013]");
    }

    @Test
    void doesNothingWithoutKernels(@TempDir Path empty) {
        assertThat(new PtxBuild(toolkit.options()).run(empty)).isEqualTo(new PtxBuild.Result(0, 0, 0, 0, 0, List.of()));
        assertThat(toolkit.calls()).isEmpty();
    }

    @Test
    void reportsTheFirstKernelThatFails() {
        toolkit.nvcc(
                FakeToolkit.VERSION,
                "grep -q 'void b(' kernel.cu && { echo 'kernel.cu(1): error: no'; exit 2; }\n"
                        + "cat > kernel.ptx <<'END'\n" + FakeToolkit.PTX + "END");

        assertThatThrownBy(this::build)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(ToolchainCode.COMPILE))
                .hasMessageContaining("kernel b for sm_61: line 1: no");
    }

    @Test
    void refusesWhatTheAssemblerRefuses() {
        toolkit.ptxas("echo \"ptxas kernel.ptx, line 3; error   : Feature 'mma' requires .target sm_70\"; exit 255");

        assertThatThrownBy(this::build)
                .hasMessageContaining("OCTET-TOOL-008")
                .hasMessageContaining("PTX 5.0 for sm_61: Feature 'mma' requires .target sm_70");
        assertThat(kernels.resolve("aa.ptx")).doesNotExist();
    }

    @Test
    void refusesSpills() {
        toolkit.ptxas("echo '    304 bytes stack frame, 588 bytes spill stores, 612 bytes spill loads'\n"
                + "echo 'ptxas info    : Used 64 registers'");

        assertThatThrownBy(this::build).hasMessageContaining("OCTET-TOOL-009").hasMessageContaining("588", "612");
    }

    @Test
    void refusesAnAssemblerThatSaysNothing() {
        toolkit.ptxas("exit 0");

        assertThatThrownBy(this::build).hasMessageContaining("OCTET-TOOL-008");
    }

    @Test
    void refusesKernelsOfAnUnknownTarget() throws IOException {
        Path folder = Files.createDirectories(classes.resolve("META-INF/octet/kernels/sm_999"));
        Files.writeString(folder.resolve("aa.cu"), source("a"));

        assertThatThrownBy(this::build).hasMessageContaining("OCTET-TOOL-010").hasMessageContaining("sm_999");
    }
}
