package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Platform;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The three libraries of CUDA 12.9 that make PTX and machine code, in a jar as JavaCPP's presets ship them or in a
 * folder as a toolkit has them.
 *
 * @param home the jar or folder
 * @param entries their names within it, in the order of {@link #NAMES}
 */
record NvrtcFiles(Path home, List<String> entries) {
    /** The only version that is looked for. */
    static final String CUDA = "12.9";

    /** In the order in which they are loaded. */
    static final List<String> NAMES = List.of("libnvrtc-builtins.so." + CUDA, "libnvrtc.so.12", "libnvJitLink.so.12");

    private static final String ON_CLASS_PATH = "org/bytedeco/cuda/" + Platform.LINUX_X86_64 + "/" + NAMES.get(0);

    /** The libraries that the setting names, or that are in a jar on the class path. */
    static Optional<NvrtcFiles> find(ToolchainOptions options) {
        return find(options, NvrtcFiles.class.getClassLoader(), Platform.name());
    }

    /**
     * The same on another platform: where the libraries cannot be loaded, a jar on the class path counts as none, since
     * it is there for those who build the project elsewhere.
     *
     * @throws OctetException {@link ToolchainCode#NVRTC_UNUSABLE} if the setting names libraries there
     */
    static Optional<NvrtcFiles> find(ToolchainOptions options, ClassLoader loader, String platform) {
        if (platform.equals(Platform.LINUX_X86_64)) {
            return options.nvrtc().or(() -> onClassPath(loader)).map(NvrtcFiles::in);
        }
        options.nvrtc().ifPresent(home -> {
            throw new OctetException(ToolchainCode.NVRTC_UNUSABLE, home, "this is " + platform);
        });
        return Optional.empty();
    }

    private static Optional<Path> onClassPath(ClassLoader loader) {
        URL url = loader.getResource(ON_CLASS_PATH);
        return url == null ? Optional.empty() : Optional.of(ClassPathEntry.of(url, ON_CLASS_PATH));
    }

    private static NvrtcFiles in(Path home) {
        try {
            Path absolute = home.toAbsolutePath();
            List<String> all = Files.isDirectory(absolute) ? filesIn(absolute) : entriesOf(absolute);
            List<String> entries = new ArrayList<>();
            for (String name : NAMES) {
                entries.add(all.stream()
                        .filter(entry -> entry.equals(name) || entry.endsWith("/" + name))
                        .findFirst()
                        .orElseThrow(() ->
                                new OctetException(ToolchainCode.NVRTC_PATH, home, "it does not contain " + name)));
            }
            return new NvrtcFiles(absolute, entries);
        } catch (IOException e) {
            throw new OctetException(e, ToolchainCode.NVRTC_PATH, home, StoredFiles.reason(e));
        }
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> entriesOf(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(entry -> entry.getName()).sorted().toList();
        }
    }

    boolean isJar() {
        return !Files.isDirectory(home);
    }

    /** The files that hold them: one jar, or each library. */
    List<Path> files() {
        return isJar() ? List.of(home) : entries.stream().map(home::resolve).toList();
    }

    /** Copies a library, by its place in {@link #NAMES}. */
    void copy(int index, OutputStream out) throws IOException {
        if (!isJar()) {
            Files.copy(home.resolve(entries.get(index)), out);
            return;
        }
        try (ZipFile zip = new ZipFile(home.toFile());
                var in = zip.getInputStream(zip.getEntry(entries.get(index)))) {
            in.transferTo(out);
        }
    }
}
