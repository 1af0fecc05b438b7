package dev.octet.cuda.internal;

import dev.octet.plan.io.PrivateFolder;
import dev.octet.plan.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder of native libraries that nobody but the user can write to. JCuda itself would unpack its libraries to a
 * predictable name in the common temporary folder and load whatever lies there; so they are unpacked here first, each
 * to a folder named by its content, and compared with the class path's bytes every time.
 */
final class NativeFolder {
    private final Path root;

    /** Libraries go below {@code root/natives}. */
    NativeFolder(Path root) {
        this.root = root.resolve("natives");
    }

    /**
     * Makes a library available as a file.
     *
     * @param resource library on the class path
     * @param name file name to give it
     * @return folder that contains it
     */
    Path unpack(URL resource, String name) throws IOException {
        byte[] bytes;
        try (InputStream stream = resource.openStream()) {
            bytes = stream.readAllBytes();
        }
        Path folder = PrivateFolder.of(root, Sha256.hex(bytes).substring(0, 32));
        Path file = folder.resolve(name);
        if (!holds(file, bytes)) {
            write(file, bytes);
        }
        return folder;
    }

    private static boolean holds(Path file, byte[] bytes) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == bytes.length
                && Sha256.hex(Files.readAllBytes(file)).equals(Sha256.hex(bytes));
    }

    /** Another process may do the same at the same time: whole files replace each other. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Path part = Files.createTempFile(file.getParent(), ".", ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
