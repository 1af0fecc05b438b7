package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.PrivateFolder;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes NVRTC's libraries loadable. Those of a jar are unpacked once, to a private folder named by their content, and
 * compared with it whenever they are about to be loaded; those of a folder are loaded where they are.
 */
final class NvrtcLibraries implements AutoCloseable {
    /** Hashes of the libraries, as they are remembered. */
    private static final Pattern HASHES = Pattern.compile("[0-9a-f]{64}( [0-9a-f]{64}){2}");

    private final NvrtcFiles files;
    private final Path cache;
    private final String hashes;
    private Path unpacked;

    NvrtcLibraries(NvrtcFiles files, Path cache) {
        this.files = files;
        this.cache = cache;
        this.hashes = new VersionCache(cache).text(files.files(), HASHES, this::hashes);
    }

    private String hashes() {
        try {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < NvrtcFiles.NAMES.size(); i++) {
                MessageDigest digest = Sha256.digest();
                files.copy(i, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                all.add(HexFormat.of().formatHex(digest.digest()));
            }
            return String.join(" ", all);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Version and content: what cache keys need. */
    String identity() {
        return "12.9 " + Sha256.hex(hashes).substring(0, 16);
    }

    Path home() {
        return files.home();
    }

    /** The libraries in the order in which they are loaded. */
    synchronized List<Path> ready() {
        if (!files.isJar()) {
            return files.files();
        }
        if (unpacked == null) {
            unpacked = unpack();
        }
        return NvrtcFiles.NAMES.stream().map(unpacked::resolve).toList();
    }

    private Path unpack() {
        try {
            Path folder = PrivateFolder.of(
                    cache.toAbsolutePath().resolve("natives"),
                    Sha256.hex(hashes).substring(0, 32));
            unpack(folder);
            return folder;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void unpack(Path folder) throws IOException {
        String[] expected = hashes.split(" ");
        try {
            for (int i = 0; i < expected.length; i++) {
                Path file = folder.resolve(NvrtcFiles.NAMES.get(i));
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        || !hash(file).equals(expected[i])) {
                    unpack(i, file, expected[i]);
                }
            }
        } catch (IOException e) {
            discard(folder);
            throw e;
        }
    }

    /** Another process may do the same at the same time: whole files replace each other. */
    private void unpack(int index, Path file, String expected) throws IOException {
        Path part = Files.createTempFile(file.getParent(), ".", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                files.copy(index, out);
            }
            if (!hash(part).equals(expected)) {
                throw new IOException("the content of " + files.home() + " has changed");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        Files.copy(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    private OctetException failure(IOException e) {
        return new OctetException(e, ToolchainCode.NVRTC_UNUSABLE, files.home(), StoredFiles.reason(e));
    }

    /** What had to go to a temporary folder does not outlive the build. */
    private void discard(Path folder) {
        if (!folder.startsWith(cache.toAbsolutePath())) {
            WorkFolder.of(folder).close();
        }
    }

    @Override
    public synchronized void close() {
        if (unpacked != null) {
            discard(unpacked);
        }
        unpacked = null;
    }
}
