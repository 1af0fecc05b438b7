package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.testkit.DiagnosticExamples;
import dev.octet.toolchain.nvrtc.FakeNvrtc;
import dev.octet.toolchain.nvrtc.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake is one of the user's machine, played by a toolkit of shell scripts. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fake toolkit is made of shell scripts")
class ToolchainExamplesTest {
    private static final String HASH = "a".repeat(32);
    private static final String SOURCE = "extern \"C\" __global__ void k(int n) {}\n";

    @TempDir
    Path folder;

    private FakeToolkit toolkit() throws IOException {
        return new FakeToolkit(Files.createTempDirectory(folder, "bin"))
                .workingNvcc()
                .workingPtxas();
    }

    /** A folder of classes with one kernel. */
    private Path classes(String target) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        Path kernels = Files.createDirectories(classes.resolve("META-INF/octet/kernels/" + target));
        Files.writeString(kernels.resolve(HASH + ".cu"), SOURCE);
        return classes;
    }

    private PtxBuild.Result build(ToolchainOptions options) throws IOException {
        return new PtxBuild(options).run(classes("sm_61"));
    }

    private String warning(ToolchainOptions options) throws IOException {
        return String.join("\n", build(options).warnings());
    }

    private void compileBy(String script) throws IOException {
        build(toolkit().nvcc(FakeToolkit.VERSION, script).options());
    }

    private static ToolchainOptions settings(Map<String, String> settings) {
        return ToolchainOptions.of(name -> Optional.ofNullable(settings.get(name)), Map.of());
    }

    private void readAFolderForASource() throws IOException {
        Path classes = classes("sm_61");
        Files.createDirectory(classes.resolve("META-INF/octet/kernels/sm_61/bb.cu"));
        new PtxBuild(toolkit().options()).run(classes);
    }

    private String buildWithoutPtxas() throws IOException {
        FakeToolkit toolkit = toolkit();
        Files.delete(toolkit.program("ptxas"));
        return warning(toolkit.options());
    }

    private PtxBuild oldBuild() throws IOException {
        return new PtxBuild(toolkit().workingNvcc("11.8.89").options());
    }

    private String leaveOutATarget() throws IOException {
        return String.join(
                "\n",
                oldBuild()
                        .run(NetworkPlans.write(
                                classes("sm_90a"), "com.acme.Fashion", HASH, Target.SM_80, Target.SM_90A))
                        .warnings());
    }

    private void leaveNoTarget() throws IOException {
        oldBuild().run(NetworkPlans.write(classes("sm_90a"), "com.acme.Fashion", HASH, Target.SM_90A));
    }

    private String buildWithAFileForTheCache() throws IOException {
        FakeToolkit toolkit = toolkit();
        Files.writeString(toolkit.options().cache(), "in the way");
        return warning(toolkit.options());
    }

    /** A script whose interpreter is missing fails as a program for another machine does: it is not started. */
    private void startWhatDoesNotStart() throws IOException {
        FakeToolkit toolkit = toolkit();
        Files.writeString(toolkit.program("nvcc"), "#!/no/such/interpreter\n");
        build(toolkit.options());
    }

    private void buildForAMachineThatPtxasLacks() throws IOException {
        String nvcc = toolkit().program("nvcc").toString();
        build(settings(Map.of("octet.nvcc", nvcc, "octet.cubins", "sm_80,sm_121", "octet.cache", folder + "/cache")));
    }

    private void buildWithTextsForLibraries() throws IOException {
        Path libraries = Files.createTempDirectory(folder, "nvrtc");
        for (String name : NvrtcFiles.NAMES) {
            Files.writeString(libraries.resolve(name), "no library");
        }
        build(settings(Map.of("octet.nvrtc", libraries.toString(), "octet.cache", folder + "/cache")));
    }

    /** The real library never fell over here, so a program that kills itself plays it. */
    private void askALibraryThatCrashes() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        List<String> command = List.of(java, "-cp", classPath, FakeNvrtc.class.getName(), "crash");
        try (NvrtcProcess process = NvrtcProcess.start("NVRTC 12.9", "the.jar", command, Duration.ofSeconds(60))) {
            process.ask("k", new Request(Request.Work.COMPILE, List.of(), SOURCE.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void buildWhileInterrupted() throws IOException {
        ToolchainOptions options = toolkit().options();
        Thread.currentThread().interrupt();
        try {
            build(options);
        } finally {
            Thread.interrupted();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-TOOL-001", () -> build(settings(Map.of("octet.nvcc", folder + "/cuda/bin/nvc"))))
                .reported("OCTET-TOOL-002", () -> warning(settings(Map.of("octet.cache", folder + "/cache"))))
                .thrown(
                        "OCTET-TOOL-003",
                        () -> build(toolkit().nvcc("echo hello", "exit 0").options()))
                .thrown("OCTET-TOOL-004", () -> compileBy("echo 'nvcc fatal   : Cannot find compiler 'g++''; exit 1"))
                .thrown(
                        "OCTET-TOOL-005",
                        () -> build(
                                toolkit().nvcc(FakeToolkit.VERSION, "sleep 60").options(Duration.ofMillis(1500))))
                .thrown("OCTET-TOOL-006", this::startWhatDoesNotStart)
                .thrown("OCTET-TOOL-007", () -> compileBy("exit 0"))
                .thrown(
                        "OCTET-TOOL-008",
                        () -> build(toolkit()
                                .ptxas("echo \"ptxas kernel.ptx, line 3; error   : Unknown symbol 'q'\"; exit 255")
                                .options()))
                .thrown(
                        "OCTET-TOOL-009",
                        () -> build(toolkit()
                                .ptxas("echo '8 bytes spill stores, 8 bytes spill loads'; " + FakeToolkit.WORKING_PTXAS)
                                .options()))
                .thrown("OCTET-TOOL-010", () -> new PtxBuild(toolkit().options()).run(classes("sm_999")))
                .thrown("OCTET-TOOL-011", this::readAFolderForASource)
                .reported("OCTET-TOOL-012", this::buildWithoutPtxas)
                .reported("OCTET-TOOL-013", this::buildWithAFileForTheCache)
                .thrown("OCTET-TOOL-014", () -> settings(Map.of("octet.toolTimeout", "2 min")))
                .thrown("OCTET-TOOL-015", this::buildForAMachineThatPtxasLacks)
                .thrown("OCTET-TOOL-016", () -> build(settings(Map.of("octet.nvrtc", folder + "/nowhere"))))
                .thrown("OCTET-TOOL-017", this::buildWithTextsForLibraries)
                .thrown("OCTET-TOOL-018", this::askALibraryThatCrashes)
                .thrown("OCTET-TOOL-019", this::buildWhileInterrupted)
                .thrown(
                        "OCTET-TOOL-020",
                        () -> build(toolkit()
                                .ptxas("echo 'ptxas info    : (C7510) Potential Performance Loss: wgmma.mma_async"
                                        + " instructions are serialized due to a call'; " + FakeToolkit.WORKING_PTXAS)
                                .options()))
                .reported("OCTET-TOOL-021", this::leaveOutATarget)
                .thrown("OCTET-TOOL-022", this::leaveNoTarget)
                .tests(Stream.of(ToolchainCode.values()).map(ToolchainCode::id));
    }
}
