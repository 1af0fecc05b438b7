package dev.octet.toolchain;

import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.CubinFile;
import dev.octet.plan.kernel.PtxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What former builds left beside kernels: PTX without a source, machine code for machines that are not asked for. Only
 * files that this step wrote are its own to delete.
 *
 * @param cubins machine code that stays; if empty, what was made from the present source stays
 * @param kept folders in which nothing was compiled, where what was made from the present source stays, too
 */
record Leftovers(Optional<Set<Path>> cubins, Set<Path> kept) {
    /** Whether a file is one. */
    boolean contain(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".ptx")) {
            return isOwnPtx(file) && !Files.exists(source(file));
        }
        return name.endsWith(".cubin") && isOldCubin(file);
    }

    private boolean isOldCubin(Path file) throws IOException {
        if (cubins.filter(made -> made.contains(file)).isPresent()) {
            return false;
        }
        Optional<CubinFile> own = StoredFiles.read(file).flatMap(CubinFile::read);
        if (own.isEmpty() || cubins.isPresent() && !kept.contains(file.getParent())) {
            return own.isPresent();
        }
        Optional<String> source = StoredFiles.read(source(file)).map(Sha256::hex);
        return source.filter(hash -> hash.equals(own.get().source())).isEmpty();
    }

    private static boolean isOwnPtx(Path file) throws IOException {
        return StoredFiles.read(file).filter(PtxFile::isMarked).isPresent();
    }

    private static Path source(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.indexOf('.')) + ".cu");
    }
}
