package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fake toolkit is made of shell scripts")
class NvccTest {
    private static final String SOURCE = "extern \"C\" __global__ void __launch_bounds__(128) k(const Args a) {}\n";

    @TempDir
    Path folder;

    private FakeToolkit toolkit;

    @BeforeEach
    void makeToolkit() {
        toolkit = new FakeToolkit(folder);
    }

    private Nvcc find() {
        return Nvcc.find(toolkit.options()).orElseThrow();
    }

    private static void assertFails(ToolchainCode code, ThrowingCallable call, String... contents) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(contents);
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertThat(Nvcc.find(toolkit.options())).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        toolkit.workingNvcc();

        assertThat(find().identity()).isEqualTo("nvcc 13.0.88");
    }

    @Test
    void prefersTheExplicitPathThenCudaHomeThenThePath(@TempDir Path other) throws IOException {
        toolkit.workingNvcc();
        Path bin = Files.createDirectory(other.resolve("bin"));
        new FakeToolkit(bin).nvcc("echo V12.9.1", "exit 1");
        Path cache = folder.resolve("cache");
        List<Path> path = List.of(folder);
        Duration limit = Duration.ofSeconds(20);
        var home = new ToolchainOptions(Optional.empty(), Optional.of(other), path, cache, limit, 1);
        var explicit =
                new ToolchainOptions(Optional.of(toolkit.program("nvcc")), Optional.of(other), path, cache, limit, 1);

        assertThat(Nvcc.find(home).orElseThrow().cudaVersion()).isEqualTo("12.9.1");
        assertThat(Nvcc.find(explicit).orElseThrow().cudaVersion()).isEqualTo("13.0.88");
    }

    @Test
    void refusesAnExplicitPathWithoutAProgram() {
        Path nowhere = folder.resolve("nowhere");
        var options = new ToolchainOptions(
                Optional.of(nowhere), Optional.empty(), List.of(), folder, Duration.ofSeconds(1), 1);

        assertFails(ToolchainCode.NVCC_PATH, () -> Nvcc.find(options), nowhere.toString());
    }

    @Test
    void refusesAProgramThatIsNotNvcc() {
        toolkit.nvcc("echo hello; exit 0", "exit 0");

        assertFails(ToolchainCode.NVCC_VERSION, this::find, "\"hello\"");
    }

    @Test
    void asksForTheVersionOnceUntilTheProgramChanges() throws IOException {
        toolkit.workingNvcc();
        find();
        find();
        assertThat(toolkit.calls()).containsExactly("nvcc --version");

        Files.setLastModifiedTime(toolkit.program("nvcc"), FileTime.fromMillis(1_000_000));
        find();
        assertThat(toolkit.calls()).hasSize(2);
    }

    @Test
    void asksAgainWhenTheRememberedVersionIsDamaged() throws IOException {
        toolkit.workingNvcc();
        find();
        try (var files = Files.list(folder.resolve("cache/tools"))) {
            Path file = files.findFirst().orElseThrow();
            Files.writeString(file, Files.readString(file).replace("88\n", "8"));
        }

        assertThat(find().cudaVersion()).isEqualTo("13.0.88");
        assertThat(toolkit.calls()).hasSize(2);
    }

    @Test
    void namesTheKernelAndTheFirstError() {
        toolkit.nvcc(
                FakeToolkit.VERSION,
                "echo 'kernel.cu(7): warning #177-D: variable was declared'\n"
                        + "echo 'kernel.cu(12): error: identifier \"q\" is undefined'\n"
                        + "echo 'kernel.cu(13): error: another'; exit 2");

        assertFails(
                ToolchainCode.COMPILE,
                () -> find().compile(Target.SM_61, SOURCE),
                "kernel k for sm_61",
                "line 12: identifier \"q\" is undefined");
    }

    @Test
    void reportsAFailureWithoutAnErrorMessage() {
        toolkit.nvcc(FakeToolkit.VERSION, "echo 'gcc: not found'; exit 1");

        assertFails(
                ToolchainCode.COMPILE, () -> find().compile(Target.SM_61, SOURCE), "exit status 1", "gcc: not found");
    }

    @Test
    void reportsACompilerThatWritesNothing() {
        toolkit.nvcc(FakeToolkit.VERSION, "exit 0");

        assertFails(ToolchainCode.MALFORMED_PTX, () -> find().compile(Target.SM_61, SOURCE), "it wrote no file");
    }

    @Test
    void stopsACompilerThatHangsWithItsChildren() {
        toolkit.nvcc(FakeToolkit.VERSION, "sleep 61 & echo $! > '" + folder.resolve("child") + "'; wait");
        Nvcc nvcc = Nvcc.find(toolkit.options(Duration.ofSeconds(2))).orElseThrow();

        assertFails(ToolchainCode.TIME_LIMIT, () -> nvcc.compile(Target.SM_61, SOURCE), "kernel k", "2 s");
        assertThat(folder.resolve("child")).satisfies(file -> {
            long pid = Long.parseLong(Files.readString(file).strip());
            ProcessHandle.of(pid)
                    .ifPresent(child -> assertThat(child.onExit())
                            .as("child process %d", pid)
                            .succeedsWithin(Duration.ofSeconds(10)));
        });
    }

    @Test
    void survivesACompilerThatFloodsItsOutput() {
        toolkit.nvcc(FakeToolkit.VERSION, "head -c 3000000 /dev/zero | tr '\\0' x; exit 3");

        assertFails(ToolchainCode.COMPILE, () -> find().compile(Target.SM_61, SOURCE), "exit status 3", "xxx...");
    }

    @Test
    void doesNotWaitForAnInput() {
        toolkit.nvcc(FakeToolkit.VERSION, "cat > /dev/null; exit 4");

        assertFails(ToolchainCode.COMPILE, () -> find().compile(Target.SM_61, SOURCE), "exit status 4");
    }

    @Test
    void asksForTheLowestArchitectureThatNewToolkitsHave() {
        toolkit.workingNvcc();

        assertThat(find().flags(Target.SM_61))
                .containsExactly("-ptx", "-arch=compute_75", "-DOCTET_SM=61", "-fmad=false");
        assertThat(find().flags(Target.SM_80))
                .containsExactly("-ptx", "-arch=compute_80", "-DOCTET_SM=80", "-fmad=false");
        assertThat(find().flags(Target.SM_90A))
                .containsExactly("-ptx", "-arch=compute_90a", "-DOCTET_SM=90", "-fmad=false");
    }
}
