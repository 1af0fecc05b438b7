package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "NVRTC is used on Linux only")
class NvrtcLibrariesTest {
    @TempDir
    Path folder;

    private Path jar(String content, List<String> names) throws IOException {
        Path jar = folder.resolve("redist.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry("org/bytedeco/cuda/linux-x86_64/" + name));
                zip.write((content + " " + name).getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private ToolchainOptions options(Path nvrtc) {
        return options(Optional.of(nvrtc));
    }

    private ToolchainOptions options(Optional<Path> nvrtc) {
        return new ToolchainOptions(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                nvrtc,
                Optional.empty(),
                folder.resolve("cache"),
                Duration.ofSeconds(30),
                false,
                1);
    }

    private NvrtcLibraries libraries(Path nvrtc) {
        return new NvrtcLibraries(NvrtcFiles.find(options(nvrtc)).orElseThrow(), folder.resolve("cache"));
    }

    @Test
    void unpacksAJarToAPrivateFolder() throws IOException {
        try (NvrtcLibraries libraries = libraries(jar("one", NvrtcFiles.NAMES))) {
            List<Path> ready = libraries.ready();

            assertThat(ready).extracting(file -> file.getFileName().toString()).isEqualTo(NvrtcFiles.NAMES);
            assertThat(ready.get(2)).hasContent("one libnvJitLink.so.12");
            assertThat(Files.getPosixFilePermissions(ready.get(0).getParent()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void repairsWhatWasChanged() throws IOException {
        Path jar = jar("one", NvrtcFiles.NAMES);
        Path file = libraries(jar).ready().get(1);
        Files.writeString(file, "two libnvrtc.so.12");

        assertThat(libraries(jar).ready().get(1)).isEqualTo(file).hasContent("one libnvrtc.so.12");
    }

    @Test
    void doesNotLoadFromAFolderThatOthersMayWriteTo() throws IOException {
        Path natives = Files.createDirectories(folder.resolve("cache/natives"));
        Files.setPosixFilePermissions(natives, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path file;
        try (NvrtcLibraries libraries = libraries(jar("one", NvrtcFiles.NAMES))) {
            file = libraries.ready().get(0);
            assertThat(file).exists();
            assertThat(file.startsWith(folder)).isFalse();
        }
        assertThat(file.getParent()).as("temporary").doesNotExist();
    }

    @Test
    void knowsVersionsByTheirContent() throws IOException {
        Path jar = jar("one", NvrtcFiles.NAMES);
        String first = libraries(jar).identity();
        assertThat(libraries(jar).identity()).isEqualTo(first);

        jar("two", NvrtcFiles.NAMES);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));

        assertThat(libraries(jar).identity()).isNotEqualTo(first);
    }

    @Test
    void usesTheLibrariesOfAFolderWhereTheyAre() throws IOException {
        Path toolkit = Files.createDirectory(folder.resolve("lib64"));
        for (String name : NvrtcFiles.NAMES) {
            Files.writeString(toolkit.resolve(name), name);
        }

        assertThat(libraries(toolkit).ready())
                .isEqualTo(NvrtcFiles.NAMES.stream().map(toolkit::resolve).toList());
    }

    @Test
    void refusesAPathWithoutTheLibraries() throws IOException {
        Path incomplete = jar("one", NvrtcFiles.NAMES.subList(0, 2));
        Path text = Files.writeString(folder.resolve("text"), "no jar");

        assertThatThrownBy(() -> libraries(incomplete))
                .hasMessageContaining("OCTET-TOOL-016")
                .hasMessageContaining("does not contain libnvJitLink.so.12");
        assertThatThrownBy(() -> libraries(folder)).hasMessageContaining("does not contain libnvrtc-builtins.so.12.9");
        assertThatThrownBy(() -> libraries(text)).hasMessageContaining("OCTET-TOOL-016");
        assertThatThrownBy(() -> libraries(folder.resolve("nowhere"))).hasMessageContaining("OCTET-TOOL-016");
    }

    /** A project that adds the jar to the plugin is built on other platforms too. */
    @Test
    void leavesAJarOnTheClassPathAloneOnOtherPlatforms() throws IOException {
        Path jar = jar("one", NvrtcFiles.NAMES);
        ToolchainOptions unset = options(Optional.empty());
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThat(NvrtcFiles.find(unset, loader, "linux-x86_64"))
                    .get()
                    .extracting(NvrtcFiles::home)
                    .isEqualTo(jar);
            assertThat(NvrtcFiles.find(unset, loader, "mac os x-aarch64")).isEmpty();
            assertThatThrownBy(() -> NvrtcFiles.find(options(jar), loader, "windows 11-x86_64"))
                    .hasMessageContainingAll("OCTET-TOOL-017", jar.toString(), "this is windows 11-x86_64");
        }
    }

    @Test
    void tellsThatLibrariesAreNone() throws IOException {
        try (CudaTools tools = CudaTools.find(options(jar("one", NvrtcFiles.NAMES)))) {
            PtxCompiler compiler = tools.compiler().orElseThrow();
            assertThatThrownBy(() -> compiler.compile(Target.SM_61, "__global__ void k() {}"))
                    .hasMessageContaining("OCTET-TOOL-017")
                    .hasMessageContaining("libnvrtc-builtins.so.12.9");
        }
    }

    @Test
    void prefersNvcc() throws IOException {
        FakeToolkit toolkit = new FakeToolkit(Files.createDirectory(folder.resolve("bin"))).workingNvcc();
        ToolchainOptions both = new ToolchainOptions(
                Optional.of(toolkit.program("nvcc")),
                Optional.empty(),
                List.of(),
                Optional.of(jar("one", NvrtcFiles.NAMES)),
                Optional.empty(),
                folder.resolve("cache"),
                Duration.ofSeconds(30),
                false,
                1);

        assertThat(CudaTools.find(both).compiler().orElseThrow().identity()).isEqualTo("nvcc 13.0.88");
        assertThat(CudaTools.find(options(jar("one", NvrtcFiles.NAMES)))
                        .compiler()
                        .orElseThrow()
                        .identity())
                .startsWith("nvrtc 12.9 ");
    }
}
