package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets that a toolkit is too old for, or too new. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fake toolkit is made of shell scripts")
class OldToolkitTest {
    private static final String OLD = "11.8.89";

    @TempDir
    Path bin;

    @TempDir
    Path classes;

    private FakeToolkit toolkit;

    @BeforeEach
    void makeKernels() throws IOException {
        toolkit = new FakeToolkit(bin).workingNvcc(OLD).workingPtxas();
        kernel(Target.SM_61, "aa");
        kernel(Target.SM_80, "aa");
        kernel(Target.SM_90A, "aa");
        kernel(Target.SM_90A, "bb");
    }

    private Path folder(Target target) {
        return classes.resolve("META-INF/octet/kernels/" + target.text());
    }

    private void kernel(Target target, String name) throws IOException {
        kernel(target, name, name);
    }

    private void kernel(Target target, String name, String parameter) throws IOException {
        Files.createDirectories(folder(target));
        Files.writeString(
                folder(target).resolve(hash(name) + ".cu"),
                "extern \"C\" __global__ void k(int " + parameter + ") {}\n");
    }

    private static String hash(String name) {
        return name.repeat(16);
    }

    /** A network whose kernels have the name {@code aa}. */
    private void network(String name, Target... targets) throws IOException {
        NetworkPlans.write(classes, name, hash("aa"), targets);
    }

    /** A network whose kernels have the name {@code bb}. */
    private void otherNetwork(String name, Target... targets) throws IOException {
        NetworkPlans.write(classes, name, hash("bb"), targets);
    }

    private PtxBuild.Result build() {
        return new PtxBuild(toolkit.options()).run(classes);
    }

    private PtxBuild.Result buildForAllTargets() {
        ToolchainOptions options = toolkit.options();
        return new PtxBuild(new ToolchainOptions(
                        options.nvcc(),
                        options.cudaHome(),
                        options.searchPath(),
                        options.nvrtc(),
                        options.cubins(),
                        options.cache(),
                        options.timeLimit(),
                        true,
                        1))
                .run(classes);
    }

    /** With names in place of hashes, which end with them. */
    private List<String> files(Target target) throws IOException {
        try (Stream<Path> files = Files.list(folder(target))) {
            return files.map(file -> file.getFileName().toString().substring(30))
                    .sorted()
                    .toList();
        }
    }

    private static void assertFails(ToolchainCode code, Runnable build, String... contents) {
        assertThatThrownBy(build::run)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(contents);
    }

    @Test
    void leavesTheTargetOutWithOneWarning() throws IOException {
        network("com.acme.Fashion", Target.SM_61, Target.SM_80, Target.SM_90A);

        PtxBuild.Result result = build();

        assertThat(result.compiled()).isEqualTo(2);
        assertThat(result.missing()).isEqualTo(2);
        assertThat(result.warnings())
                .containsExactly(
                        "[OCTET-TOOL-021] nvcc 11.8.89 cannot compile for sm_90a, which needs CUDA 12.4 or newer:"
                                + " 2 kernels stay uncompiled, and GPUs of compute capability 9.0 run those for sm_80 instead."
                                + " Name the nvcc of such a toolkit by octet.nvcc, or take the target out of @QuantizedNetwork.");
        assertThat(files(Target.SM_90A)).containsExactly("aa.cu", "bb.cu");
        assertThat(files(Target.SM_80)).contains("aa.ptx", "aa.sm_80.cubin", "aa.sm_90.cubin");
        assertThat(toolkit.calls()).doesNotContain("ptxas -arch=sm_90a");
    }

    @Test
    void saysItOfEachTarget() throws IOException {
        toolkit.workingNvcc("10.2.89");
        network("com.acme.Fashion", Target.SM_61, Target.SM_80, Target.SM_90A);

        assertThat(build().warnings())
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning)
                        .contains("sm_80, which needs CUDA 11.0", "1 kernel stays", "8.0 run those for sm_61 instead"))
                .anySatisfy(warning -> assertThat(warning)
                        .contains("sm_90a, which needs CUDA 12.4", "9.0 run those for sm_61 instead"));
    }

    @Test
    void saysOfEachNetworkWhatRunsInstead() throws IOException {
        network("a.First", Target.SM_61, Target.SM_80, Target.SM_90A);
        network("a.Second", Target.SM_61, Target.SM_90A);
        network("a.Third", Target.SM_61);

        assertThat(build().warnings())
                .singleElement()
                .asString()
                .contains("run those for sm_61 instead (a.Second), those for sm_80 instead (a.First).");
    }

    @Test
    void refusesToLeaveANetworkWithoutTargets() throws IOException {
        network("a.First", Target.SM_61, Target.SM_90A);
        network("a.Second", Target.SM_90A);

        assertFails(
                ToolchainCode.NO_TARGET,
                this::build,
                "nvcc 11.8.89 cannot compile any kernel of a.Second: sm_90a needs CUDA 12.4 or newer.");
        assertThat(toolkit.calls()).as("nothing was compiled before").doesNotContain("nvcc -ptx");
    }

    @Test
    void failsIfAllTargetsAreAskedFor() throws IOException {
        network("com.acme.Fashion", Target.SM_61, Target.SM_90A);

        assertFails(
                ToolchainCode.OLD_TOOLKIT,
                this::buildForAllTargets,
                "nvcc 11.8.89 cannot compile for sm_90a",
                "run those for sm_61 instead");
        toolkit.workingNvcc("12.4.131");
        assertThat(buildForAllTargets().missing()).isZero();
    }

    @Test
    void namesAllThatItLacksIfAllTargetsAreAskedFor() throws IOException {
        toolkit.workingNvcc("10.2.89");
        network("com.acme.Fashion", Target.SM_61, Target.SM_80, Target.SM_90A);

        assertFails(
                ToolchainCode.OLD_TOOLKIT,
                this::buildForAllTargets,
                "nvcc 10.2.89 cannot compile for sm_80, which needs CUDA 11.0 or newer: 1 kernel stays uncompiled, and GPUs"
                        + " of compute capability 8.0 run those for sm_61 instead; nor for sm_90a, which needs CUDA 12.4 or"
                        + " newer: 2 kernels stay uncompiled, and GPUs of compute capability 9.0 run those for sm_61"
                        + " instead. Name the nvcc of such a toolkit by octet.nvcc, or take the targets out of");
        otherNetwork("com.acme.Hopper", Target.SM_90A);
        assertFails(
                ToolchainCode.OLD_TOOLKIT,
                this::buildForAllTargets,
                "for sm_80",
                "for sm_90a",
                "run nothing: the CPU does (com.acme.Hopper), those for sm_61 instead (com.acme.Fashion)");
    }

    @Test
    void failsWithoutACompilerIfAllTargetsAreAskedFor() throws IOException {
        Files.delete(toolkit.program("nvcc"));

        assertThat(build().warnings()).singleElement().asString().contains("[OCTET-TOOL-002]", "4 of 4 kernels");
        assertFails(ToolchainCode.NO_COMPILER, this::buildForAllTargets, "4 of 4 kernels");
    }

    /** As without any compiler: a machine with a newer toolkit may have made them. */
    @Test
    void keepsWhatANewerToolkitMade() throws IOException {
        toolkit.workingNvcc("12.4.131");
        build();
        toolkit.workingNvcc(OLD);

        PtxBuild.Result result = build();

        assertThat(result.warnings()).isEmpty();
        assertThat(result.missing()).isZero();
        assertThat(files(Target.SM_90A))
                .containsExactly("aa.cu", "aa.ptx", "aa.sm_90.cubin", "bb.cu", "bb.ptx", "bb.sm_90.cubin");
        kernel(Target.SM_90A, "bb", "changed");

        assertThat(build().missing()).isEqualTo(1);
        assertThat(files(Target.SM_90A))
                .as("what was made of another source goes")
                .containsExactly("aa.cu", "aa.ptx", "aa.sm_90.cubin", "bb.cu");
    }

    @Test
    void sparesANetworkWhoseOnlyTargetANewerToolkitMade() throws IOException {
        network("a.First", Target.SM_61, Target.SM_90A);
        otherNetwork("a.Second", Target.SM_90A);
        toolkit.workingNvcc("12.4.131");
        build();
        kernel(Target.SM_90A, "aa", "changed");
        toolkit.workingNvcc(OLD);

        assertThat(build().warnings())
                .singleElement()
                .asString()
                .contains(
                        "sm_90a",
                        ": 1 kernel stays uncompiled, and GPUs of compute capability 9.0 run those for sm_61 instead.");
        assertFails(ToolchainCode.OLD_TOOLKIT, this::buildForAllTargets, "sm_90a", "1 kernel stays", "sm_61 instead.");
    }

    /** Each of two networks lacks another target, of which the other has the kernels. */
    @Test
    void saysWhatRunsInsteadByWhatEachNetworkHas() throws IOException {
        kernel(Target.SM_61, "bb");
        kernel(Target.SM_80, "bb");
        network("a.First", Target.SM_61, Target.SM_80, Target.SM_90A);
        otherNetwork("a.Second", Target.SM_61, Target.SM_80, Target.SM_90A);
        toolkit.workingNvcc("12.4.131");
        build();
        kernel(Target.SM_90A, "aa", "changed");
        kernel(Target.SM_80, "bb", "changed");
        toolkit.workingNvcc("10.2.89");

        assertThat(build().warnings())
                .hasSize(2)
                .anySatisfy(
                        warning -> assertThat(warning).contains("for sm_80, which", "8.0 run those for sm_61 instead."))
                .anySatisfy(warning ->
                        assertThat(warning).contains("for sm_90a, which", "9.0 run those for sm_80 instead."));
    }

    @Test
    void leavesOutATargetThatANewerToolkitDropped() throws IOException {
        toolkit.workingNvcc("15.0.1").ptxas("V15.0.1", "'sm_80','sm_90','sm_90a'", FakeToolkit.WORKING_PTXAS);
        network("com.acme.Fashion", Target.SM_61, Target.SM_80, Target.SM_90A);

        assertThat(build().warnings())
                .singleElement()
                .asString()
                .contains(
                        "nvcc 15.0.1 cannot compile for sm_61, which needs CUDA with code for sm_75, unlike ptxas 15.0.1",
                        "GPUs of compute capability 6.1 run nothing: the CPU does");
    }

    @ParameterizedTest
    @CsvSource({
        "SM_61, 9.2.148, 10.0.130",
        "SM_75, 10.1.243, 10.2.89",
        "SM_80, 10.2.89, 11.0.3",
        "SM_90A, 12.3.107, 12.4.99",
        "SM_90A, 11.8.89, 13.0.88"
    })
    void knowsTheFirstVersionForATarget(Target target, String older, String first) {
        CudaVersion needed = CudaVersion.needed(target);
        assertThat(CudaVersion.parse(older)).isLessThan(needed);
        assertThat(CudaVersion.parse(first)).isGreaterThanOrEqualTo(needed);
    }

    /** The only NVRTC that is looked for. */
    @ParameterizedTest
    @EnumSource
    void nvrtcCompilesForEveryTarget(Target target) {
        assertThat(CudaVersion.parse(NvrtcFiles.CUDA)).isGreaterThanOrEqualTo(CudaVersion.needed(target));
    }
}
