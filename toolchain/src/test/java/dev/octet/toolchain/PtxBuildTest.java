package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.kernel.CubinFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fake toolkit is made of shell scripts")
class PtxBuildTest {
    private static final Optional<String> NVCC = Optional.of("nvcc 13.0.88");

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

    /** A result without warnings, with the machine code that goes with the PTX: for 7.5, 8.0 and 9.0. */
    private static PtxBuild.Result result(int compiled, int cached, int upToDate, int missing, int removed) {
        PtxBuild.Cubins cubins = new PtxBuild.Cubins(3 * compiled, 3 * cached, 3 * upToDate);
        return new PtxBuild.Result(compiled, cached, upToDate, missing, removed, cubins, NVCC, List.of());
    }

    private PtxBuild.Result build(Integer... machines) {
        return new PtxBuild(toolkit.options(new Machines(List.of(machines)))).run(classes);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(kernels)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String machineCode(String file) throws IOException {
        CubinFile cubin =
                CubinFile.read(Files.readAllBytes(kernels.resolve(file))).orElseThrow();
        return new String(cubin.elf(), StandardCharsets.UTF_8);
    }

    private PtxBuild.Result buildWithoutCompiler() {
        return new PtxBuild(new ToolchainOptions(
                        Optional.empty(), Optional.empty(), List.of(), bin.resolve("cache"), Duration.ofSeconds(9), 1))
                .run(classes);
    }

    @Test
    void compilesEveryKernelAndChecksIt() throws IOException {
        assertThat(build()).isEqualTo(result(2, 0, 0, 0, 0));
        assertThat(kernels.resolve("aa.ptx"))
                .content()
                .contains(".target sm_61")
                .startsWith("// octet-ptx 1 ");
        assertThat(toolkit.calls())
                .containsExactlyInAnyOrder(
                        "nvcc --version",
                        "ptxas --version",
                        "ptxas --help",
                        "nvcc -ptx",
                        "ptxas -arch=sm_75",
                        "ptxas -arch=sm_80",
                        "ptxas -arch=sm_90",
                        "nvcc -ptx",
                        "ptxas -arch=sm_75",
                        "ptxas -arch=sm_80",
                        "ptxas -arch=sm_90");
        assertThat(machineCode("aa.sm_90.cubin")).isEqualTo("ELF -arch=sm_90\n");
    }

    @Test
    void tellsHowManyKernelsAreNotUpToDate() throws IOException {
        List<Integer> told = new ArrayList<>();
        PtxBuild build = new PtxBuild(toolkit.options(), told::add);
        build.run(classes);
        build.run(classes);
        Files.writeString(kernels.resolve("aa.cu"), source("c"));
        Files.delete(kernels.resolve("bb.sm_80.cubin"));
        build.run(classes);
        Files.writeString(kernels.resolve("aa.sm_80.cubin"), "damaged");
        build.run(classes);
        build.run(classes);
        assertThat(told).containsExactly(2, 2, 1);
    }

    /** One machine alone runs it, and its file is named as a device of that machine looks for it. */
    @Test
    void assemblesForTheOnlyMachineThatRunsAKernel() throws IOException {
        kernels = Files.createDirectories(classes.resolve("META-INF/octet/kernels/sm_90a"));
        Files.writeString(kernels.resolve("cc.cu"), source("c"));

        assertThat(build().cubins().total()).isEqualTo(2 * 3 + 1);
        assertThat(files()).containsExactly("cc.cu", "cc.ptx", "cc.sm_90.cubin");
        assertThat(machineCode("cc.sm_90.cubin")).isEqualTo("ELF -arch=sm_90a\n");
    }

    @Test
    void startsNothingWhenNothingChanged() {
        build();
        toolkit.forgetCalls();

        assertThat(build()).isEqualTo(result(0, 0, 2, 0, 0));
        assertThat(toolkit.calls()).isEmpty();
    }

    @Test
    void takesEverythingFromTheCacheAfterAClean() throws IOException {
        build();
        byte[] first = Files.readAllBytes(kernels.resolve("aa.ptx"));
        for (String file : files()) {
            if (!file.endsWith(".cu")) {
                Files.delete(kernels.resolve(file));
            }
        }
        toolkit.forgetCalls();

        assertThat(build()).isEqualTo(result(0, 2, 0, 0, 0));
        assertThat(toolkit.calls()).isEmpty();
        assertThat(kernels.resolve("aa.ptx")).hasBinaryContent(first);
    }

    @Test
    void compilesOnlyWhatChanged() throws IOException {
        build();
        Files.writeString(kernels.resolve("aa.cu"), source("a") + "// changed\n");

        assertThat(build()).isEqualTo(result(1, 0, 1, 0, 0));
    }

    @Test
    void repairsADamagedResult() throws IOException {
        build();
        Path ptx = kernels.resolve("aa.ptx");
        Files.writeString(ptx, Files.readString(ptx).replace("dp4a", "dp2a"));

        PtxBuild.Cubins untouched = new PtxBuild.Cubins(0, 0, 6);
        assertThat(build()).isEqualTo(new PtxBuild.Result(0, 1, 1, 0, 0, untouched, NVCC, List.of()));
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
        Files.writeString(kernels.resolve("cc.sm_90.cubin"), "somebody's");

        assertThat(build()).isEqualTo(result(0, 0, 1, 0, 4));
        assertThat(files())
                .containsExactly(
                        "bb.cu",
                        "bb.ptx",
                        "bb.sm_75.cubin",
                        "bb.sm_80.cubin",
                        "bb.sm_90.cubin",
                        "cc.ptx",
                        "cc.sm_90.cubin");
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
        assertThat(files())
                .as("machine code of a changed source goes, too")
                .containsExactly("aa.cu", "aa.ptx", "aa.sm_75.cubin", "aa.sm_80.cubin", "aa.sm_90.cubin", "bb.cu");
    }

    @Test
    void warnsWithoutAnAssembler() throws IOException {
        Files.delete(toolkit.program("ptxas"));

        assertThat(build().warnings()).singleElement().asString().startsWith("[OCTET-TOOL-012] No ptxas found");
        assertThat(files()).containsExactly("aa.cu", "aa.ptx", "bb.cu", "bb.ptx");
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
        assertThat(new PtxBuild(toolkit.options()).run(empty).kernels()).isZero();
        assertThat(toolkit.calls()).isEmpty();
    }

    @Test
    void reportsTheFirstKernelThatFails() {
        toolkit.nvcc(
                FakeToolkit.VERSION,
                "grep -q 'void b(' kernel.cu && { echo 'kernel.cu(1): error: no'; exit 2; }\n"
                        + "cat > kernel.ptx <<'END'\n" + FakeToolkit.PTX + "END");

        assertThatThrownBy(() -> build())
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(ToolchainCode.COMPILE))
                .hasMessageContaining("kernel b for sm_61: line 1: no");
    }

    @Test
    void refusesWhatTheAssemblerRefuses() {
        toolkit.ptxas("echo \"ptxas kernel.ptx, line 3; error   : Feature 'mma' requires .target sm_70\"; exit 255");

        assertThatThrownBy(() -> build())
                .hasMessageContaining("OCTET-TOOL-008")
                .hasMessageContaining("PTX 5.0 for sm_61: Feature 'mma' requires .target sm_70");
        assertThat(kernels.resolve("aa.ptx")).doesNotExist();
    }

    @Test
    void refusesSpills() {
        toolkit.ptxas("echo '    304 bytes stack frame, 588 bytes spill stores, 612 bytes spill loads'\n"
                + FakeToolkit.WORKING_PTXAS);

        assertThatThrownBy(() -> build()).hasMessageContaining("OCTET-TOOL-009").hasMessageContaining("1200 bytes");
    }

    @Test
    void letsOptionalMachinesSpill() {
        toolkit.ptxas("case \"$*\" in *sm_90*) echo '588 bytes spill stores, 612 bytes spill loads';; esac\n"
                + FakeToolkit.WORKING_PTXAS);

        assertThat(build().cubins().total()).isEqualTo(6);
    }

    @Test
    void refusesAnAssemblerThatSaysNothing() {
        toolkit.ptxas("exit 0");

        assertThatThrownBy(() -> build()).hasMessageContaining("OCTET-TOOL-008");
    }

    @Test
    void refusesKernelsOfAnUnknownTarget() throws IOException {
        Path folder = Files.createDirectories(classes.resolve("META-INF/octet/kernels/sm_999"));
        Files.writeString(folder.resolve("aa.cu"), source("a"));

        assertThatThrownBy(() -> build()).hasMessageContaining("OCTET-TOOL-010").hasMessageContaining("sm_999");
    }

    @Test
    void addsMachineCodeForAnotherMachineWithoutCompilingAgain() throws IOException {
        build(80);
        toolkit.forgetCalls();

        assertThat(build(80, 90).cubins()).isEqualTo(new PtxBuild.Cubins(2, 0, 2));
        assertThat(toolkit.calls()).containsExactly("ptxas -arch=sm_90", "ptxas -arch=sm_90");
        assertThat(machineCode("bb.sm_90.cubin")).isEqualTo("ELF -arch=sm_90\n");
    }

    @Test
    void removesMachineCodeThatIsNoLongerAskedFor() throws IOException {
        build(80, 90);
        toolkit.forgetCalls();

        PtxBuild.Result result = build(90);

        assertThat(result.cubins()).isEqualTo(new PtxBuild.Cubins(0, 0, 2));
        assertThat(result.removed()).isEqualTo(2);
        assertThat(build().cubins()).as("back to the default").isEqualTo(new PtxBuild.Cubins(0, 4, 2));
        assertThat(toolkit.calls()).isEmpty();
    }

    @Test
    void makesNoMachineCodeIfNoneIsWantedButChecksThePtx() throws IOException {
        assertThat(build(new Integer[0]).cubins().total()).isZero();

        assertThat(files()).containsExactly("aa.cu", "aa.ptx", "bb.cu", "bb.ptx");
        assertThat(toolkit.calls())
                .filteredOn(call -> call.startsWith("ptxas -arch"))
                .hasSize(2);
    }

    @Test
    void makesMachineCodeOnlyForMachinesThatRunTheTarget() throws IOException {
        Path newer = Files.createDirectories(classes.resolve("META-INF/octet/kernels/sm_80"));
        Files.writeString(newer.resolve("cc.cu"), source("c"));

        build(75, 90);

        assertThat(newer.resolve("cc.sm_75.cubin")).doesNotExist();
        assertThat(newer.resolve("cc.sm_90.cubin")).exists();
        assertThat(kernels.resolve("aa.sm_75.cubin")).exists();
    }

    @Test
    void leavesOutDefaultMachinesThatAnOldAssemblerLacks() throws IOException {
        toolkit.ptxas("V11.2.67", "'sm_61','sm_75','sm_80','sm_86'", FakeToolkit.WORKING_PTXAS);

        assertThat(build().cubins()).isEqualTo(new PtxBuild.Cubins(4, 0, 0));
    }

    @Test
    void refusesMachinesThatTheAssemblerLacks() {
        assertThatThrownBy(() -> build(61, 80, 121))
                .hasMessageContaining("OCTET-TOOL-015")
                .hasMessageContaining("octet.cubins asks for sm_61,sm_121, which ptxas 13.0.88 does not have")
                .hasMessageContaining("sm_75,sm_80,sm_90");
    }

    @Test
    void assemblesAgainWithAnotherAssembler() {
        build();
        toolkit.ptxas("V13.1.1", "'sm_75','sm_80','sm_90'", FakeToolkit.WORKING_PTXAS);

        PtxBuild.Result result = build();
        assertThat(result.upToDate()).isEqualTo(2);
        assertThat(result.cubins()).isEqualTo(new PtxBuild.Cubins(6, 0, 0));
    }

    @Test
    void repairsDamagedMachineCode() throws IOException {
        build();
        Path cubin = kernels.resolve("aa.sm_80.cubin");
        byte[] whole = Files.readAllBytes(cubin);
        byte[] damaged = whole.clone();
        damaged[0] ^= 1;
        Files.write(cubin, damaged);

        assertThat(build().cubins()).isEqualTo(new PtxBuild.Cubins(0, 1, 5));
        assertThat(cubin).hasBinaryContent(whole);
    }

    @Test
    void refusesAnAssemblerThatWritesNothing() {
        toolkit.ptxas("echo 'ptxas info    : Used 18 registers'");

        assertThatThrownBy(() -> build()).hasMessageContaining("OCTET-TOOL-008");
    }
}
