package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.Network;
import dev.octet.testkit.JavaProcess;
import dev.octet.testkit.JavaProcess.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Machines without a GPU, and class paths that miss something: applications in processes of their own, which see no GPU
 * even where there is one. They run on the CPU, with the same results, and say why once.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class NoGpuTest {
    private static final String LIBRARY = "lib/libJCudaDriver-12.6.0-linux-x86_64.so";
    /** With a driver for a GPU that the process may not see, the reason is another. */
    private static final String NO_DRIVER =
            "(there is no NVIDIA driver: libcuda.so.1 cannot be loaded|the NVIDIA driver finds no GPU.*)";

    /** The reason on a machine without a driver, or another. */
    private static final String NO_DRIVER_OR = "there is no NVIDIA driver on this machine|";

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path network;
    private static String expected;

    @BeforeAll
    static void buildNetwork() throws IOException {
        network = Files.createDirectory(shared.resolve("classes"));
        Plan plan = TinyNetwork.image().plan();
        String graph = GraphText.topologyHash(plan.fp32());
        String weights = "0".repeat(64);
        write(ResourcePaths.plan(plan.network()), PlanText.write(plan));
        write(ResourcePaths.weights(plan.network()), new WeightsFile(graph, weights, new TreeMap<>()).write());
        CalibrationTable table =
                new CalibrationTable(plan.network(), graph, weights, "naive", 1, new TreeMap<>(Map.of("image", 127f)));
        write(ResourcePaths.calibration(plan.network()), table.write().getBytes());
        expected = "best: cpu [0.0, 1.0, 127.0, 127.0, 127.0, 127.0]\n";
    }

    private static void write(String path, byte[] bytes) throws IOException {
        Path file = network.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static Path jarOf(String resource) {
        String url = NoGpuTest.class.getClassLoader().getResource(resource).toString();
        return Path.of(URI.create(url.substring("jar:".length(), url.indexOf('!'))));
    }

    /** An application's class path: Octet without devices but the CPU, then what is named. */
    private static List<Path> classPath(Path... more) {
        List<Path> paths = new ArrayList<>(List.of(network));
        Stream.of(OpenBest.class, Network.class, Plan.class)
                .map(JavaProcess::home)
                .forEach(paths::add);
        paths.addAll(Arrays.asList(more));
        return paths;
    }

    private static Path cuda() {
        return JavaProcess.home(CudaDeviceProvider.class);
    }

    private static Path jcuda() {
        return JavaProcess.home(JCudaDriver.class);
    }

    private JavaProcess process(List<Path> classPath) {
        return JavaProcess.withClassPath(classPath)
                .environment("CUDA_VISIBLE_DEVICES", "-1")
                .options(
                        "-Djava.util.logging.SimpleFormatter.format=%4$s %3$s %5$s%n",
                        "-Doctet.cache=" + folder.resolve("cache"));
    }

    private static List<String> logged(Result result) {
        return result.err()
                .lines()
                .filter(line -> line.matches("[A-Z]+ dev\\.octet.*"))
                .toList();
    }

    private static void assertRunsOnCpu(Result result, String reason) {
        assertThat(result.out()).as(result.err()).isEqualTo(expected + expected);
        assertThat(result.exit()).isZero();
        assertThat(logged(result))
                .singleElement()
                .asString()
                .matches("INFO dev\\.octet\\.runtime Networks opened on 'best' run on cpu \\(.*\\)\\. No cuda: " + "("
                        + reason + ")\\.");
    }

    private Result openTwice(Path... more) {
        return process(classPath(more)).run(OpenBest.class, "best", "best");
    }

    @Test
    void withoutADriver() {
        assertRunsOnCpu(openTwice(cuda(), jcuda(), jarOf(LIBRARY)), NO_DRIVER);
    }

    @Test
    void aGpuThatIsAskedForByNameIsAnErrorThatSaysTheSame() {
        Result result =
                process(classPath(cuda(), jcuda(), jarOf(LIBRARY))).run(OpenBest.class, "cuda:0", "cpu", "best");
        assertThat(result.out())
                .containsPattern("cuda:0: \\[OCTET-RUN-001\\] There is no device 'cuda:0'.* No cuda: " + NO_DRIVER)
                .contains("\ncpu: cpu [")
                .endsWith(expected);
        assertThat(logged(result)).as("only 'best' logs").hasSize(1);
    }

    @Test
    void withoutTheCudaModule() {
        Result result = openTwice(jcuda());
        assertThat(result.out()).isEqualTo(expected + expected);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void withoutJCuda() {
        assertRunsOnCpu(
                openTwice(cuda()),
                NO_DRIVER_OR + "JCuda is not on the class path; add the dependency org.jcuda:jcuda:12.6.0");
    }

    @Test
    void withoutNatives() {
        assertRunsOnCpu(
                openTwice(cuda(), jcuda()),
                NO_DRIVER_OR + "JCuda's native library is not on the class path.*jcuda-natives.*");
    }

    @ParameterizedTest
    @CsvSource({"Linux,aarch64,linux-aarch64", "Windows 11,amd64,windows 11-x86_64", "Mac OS X,aarch64,mac os x-aarch64"
    })
    void onAnotherPlatform(String system, String machine, String name) {
        Result result = process(classPath(cuda(), jcuda(), jarOf(LIBRARY)))
                .options("-Dos.name=" + system, "-Dos.arch=" + machine)
                .run(OpenBest.class, "best", "best");
        assertRunsOnCpu(result, "the CUDA device runs on linux-x86_64 only, this is " + name);
    }

    /** A jar with the library alone, stored without compression, so that damage to it stays unnoticed by inflation. */
    private Path nativesJar(byte[] library) throws IOException {
        Path jar = folder.resolve("natives.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry(LIBRARY);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(library.length);
            CRC32 crc = new CRC32();
            crc.update(library);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(library);
        }
        return jar;
    }

    private static byte[] library() {
        try (InputStream in = NoGpuTest.class.getClassLoader().getResourceAsStream(LIBRARY)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withNativesWhoseJarIsDamaged() throws IOException {
        Path jar = nativesJar(library());
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 4;
        Files.write(jar, bytes);
        assertRunsOnCpu(
                openTwice(cuda(), jcuda(), jar),
                "JCuda's native library cannot be unpacked: IOException: its jar is damaged, the checksum is wrong");
        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
        assertRunsOnCpu(
                openTwice(cuda(), jcuda(), jar),
                NO_DRIVER_OR + "JCuda's native library is not on the class path, or its jar is damaged.*");
    }

    /** The system's loader would take the process down. */
    @ParameterizedTest
    @CsvSource({"0", "63", "64", "4096", "600000", "1201711"})
    void withALibraryThatEndsEarly(int length) throws IOException {
        Path jar = nativesJar(Arrays.copyOf(library(), length));
        assertRunsOnCpu(
                openTwice(cuda(), jcuda(), jar),
                "JCuda's native library cannot be unpacked: IOException: it is not a complete library");
    }

    /** Not even an administrator can write there. */
    @Test
    void withAHomeThatCannotBeWritten() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Result result = JavaProcess.withClassPath(classPath(cuda(), jcuda(), jarOf(LIBRARY)))
                .environment("CUDA_VISIBLE_DEVICES", "-1")
                .options(
                        "-Djava.util.logging.SimpleFormatter.format=%4$s %3$s %5$s%n",
                        "-Duser.home=/proc/self/nowhere", "-Djava.io.tmpdir=" + temporary)
                .run(OpenBest.class, "best", "best");
        assertRunsOnCpu(result, NO_DRIVER);
        assertThat(temporary).as("what the process left").isEmptyDirectory();
    }

    @Test
    void withNowhereToUnpack() {
        Result result = process(classPath(cuda(), jcuda(), jarOf(LIBRARY)))
                .options("-Doctet.cache=/proc/self/nowhere", "-Djava.io.tmpdir=/proc/self/nowhere")
                .run(OpenBest.class, "best", "best");
        assertRunsOnCpu(result, "JCuda's native library cannot be unpacked: .*nowhere.*");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "older ones permit native code always")
    void withoutPermissionForNativeCode() {
        Result result = process(classPath(cuda(), jcuda(), jarOf(LIBRARY)))
                .options("--illegal-native-access=deny")
                .run(OpenBest.class, "best", "best");
        assertRunsOnCpu(result, "Java may not load JCuda's native library; .*--enable-native-access=ALL-UNNAMED");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "older ones permit native code always")
    void withPermissionForNativeCodeJavaWarnsOfNothing() {
        Result result = process(classPath(cuda(), jcuda(), jarOf(LIBRARY)))
                .options("--enable-native-access=ALL-UNNAMED")
                .run(OpenBest.class, "best");
        assertThat(result.err().lines()).as("the reason only").hasSize(1);
    }

    @Test
    void inTwoApplicationsOfOneProcess() {
        Result result = process(classPath(cuda(), jcuda(), jarOf(LIBRARY))).run(OpenBest.Twice.class, "best", "best");
        assertThat(result.out()).as(result.err()).isEqualTo(expected.repeat(4) + "tmpdir: true\n");
        assertThat(logged(result))
                .as("once in each")
                .hasSize(2)
                .allMatch(line -> line.matches(".*No cuda: " + NO_DRIVER + "\\."));
    }

    @Test
    void canBeSilenced() throws IOException {
        Path configuration = folder.resolve("logging.properties");
        Files.writeString(
                configuration, "handlers=java.util.logging.ConsoleHandler\ndev.octet.runtime.level=WARNING\n");
        Result result = process(classPath(cuda()))
                .options("-Djava.util.logging.config.file=" + configuration)
                .run(OpenBest.class, "best", "best");
        assertThat(result.out()).isEqualTo(expected + expected);
        assertThat(result.err()).isEmpty();
    }
}
