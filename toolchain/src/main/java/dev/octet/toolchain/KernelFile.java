package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.PtxFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A kernel's source in the folder of classes, and the PTX that belongs beside it. */
record KernelFile(Target target, Path source) {
    /** What an update did. */
    enum Outcome {
        COMPILED,
        CACHED,
        UP_TO_DATE,
        MISSING
    }

    /**
     * Brings the PTX up to date. Without a compiler, PTX that was made from the same source stays, whichever compiler
     * made it.
     */
    Outcome update(Optional<KernelCompiler> compiler) {
        try {
            String text = new String(Files.readAllBytes(source), StandardCharsets.UTF_8);
            Optional<PtxFile> present = StoredFiles.read(ptx()).flatMap(PtxFile::read);
            return compiler.isPresent()
                    ? update(text, present, compiler.get())
                    : keep(present.filter(file -> file.source().equals(Sha256.hex(text))));
        } catch (IOException e) {
            throw new OctetException(e, ToolchainCode.FILE, source, StoredFiles.reason(e));
        }
    }

    private Outcome update(String text, Optional<PtxFile> present, KernelCompiler compiler) throws IOException {
        String key = compiler.key(target, text);
        if (present.filter(file -> file.key().equals(key)).isPresent()) {
            return Outcome.UP_TO_DATE;
        }
        KernelCompiler.Compiled result = compiler.compile(target, text);
        StoredFiles.write(ptx(), result.file().write());
        return result.cached() ? Outcome.CACHED : Outcome.COMPILED;
    }

    private Outcome keep(Optional<PtxFile> valid) throws IOException {
        if (valid.isPresent()) {
            return Outcome.UP_TO_DATE;
        }
        Files.deleteIfExists(ptx());
        return Outcome.MISSING;
    }

    private Path ptx() {
        String name = source.getFileName().toString();
        return source.resolveSibling(name.substring(0, name.length() - ".cu".length()) + ".ptx");
    }
}
