package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.CubinFile;
import dev.octet.plan.kernel.PtxFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A kernel's source in the folder of classes, and what belongs beside it.
 *
 * @param target GPU family, from the folder's name
 * @param source the {@code .cu} file
 */
record KernelFile(Target target, Path source) {
    /** What an update did with one file. */
    enum Outcome {
        MADE,
        CACHED,
        UP_TO_DATE,
        MISSING
    }

    /**
     * What an update did.
     *
     * @param ptx with the PTX
     * @param cubins with the machine code, a file for each machine
     */
    record Update(Outcome ptx, List<Outcome> cubins) {}

    /**
     * Brings PTX and machine code up to date.
     *
     * @param machines for which machine code is made; empty without an assembler
     */
    Update update(KernelCompiler compiler, Machines machines) {
        return read((text, present) -> update(text, present, compiler, machines.running(target)));
    }

    /** What an update does where all is up to date; empty if it would start a tool, or look into the cache. */
    Optional<Update> upToDate(KernelCompiler compiler, Machines machines) {
        return read((text, present) -> {
            Optional<PtxFile> valid = valid(text, present, compiler);
            if (valid.isEmpty()) {
                return Optional.empty();
            }
            List<Integer> running = machines.running(target);
            for (int machine : running) {
                KernelAssembler assembler = compiler.assembler().orElseThrow();
                if (!hasCubin(machine, assembler.key(valid.get(), machine))) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Update(Outcome.UP_TO_DATE, Collections.nCopies(running.size(), Outcome.UP_TO_DATE)));
        });
    }

    /** What is done without a compiler: PTX that was made from the same source stays, whichever compiler made it. */
    Update keep() {
        return read((text, present) -> keep(present.filter(file -> file.source().equals(Sha256.hex(text)))));
    }

    /** What to do with a source and the PTX beside it. */
    @FunctionalInterface
    private interface Step<R> {
        R run(String source, Optional<PtxFile> present) throws IOException;
    }

    private <R> R read(Step<R> step) {
        try {
            String text = new String(Files.readAllBytes(source), StandardCharsets.UTF_8);
            return step.run(text, StoredFiles.read(ptx()).flatMap(PtxFile::read));
        } catch (IOException e) {
            throw new OctetException(e, ToolchainCode.FILE, source, StoredFiles.reason(source, e));
        }
    }

    private Update update(String text, Optional<PtxFile> present, KernelCompiler compiler, List<Integer> machines)
            throws IOException {
        Optional<PtxFile> valid = valid(text, present, compiler);
        Outcome outcome = Outcome.UP_TO_DATE;
        if (valid.isEmpty()) {
            KernelCompiler.Compiled result = compiler.compile(target, text);
            StoredFiles.write(ptx(), result.file().write());
            outcome = result.cached() ? Outcome.CACHED : Outcome.MADE;
            valid = Optional.of(result.file());
        }
        List<Outcome> cubins = new ArrayList<>();
        for (int machine : machines) {
            KernelAssembler assembler = compiler.assembler().orElseThrow();
            cubins.add(cubin(machine, KernelNames.inSource(text), valid.get(), assembler));
        }
        return new Update(outcome, cubins);
    }

    private Optional<PtxFile> valid(String text, Optional<PtxFile> present, KernelCompiler compiler) {
        String key = compiler.key(target, text);
        return present.filter(file -> file.key().equals(key));
    }

    private boolean hasCubin(int machine, String key) throws IOException {
        Optional<CubinFile> present = StoredFiles.read(cubin(machine)).flatMap(CubinFile::read);
        return present.filter(file -> file.key().equals(key)).isPresent();
    }

    private Outcome cubin(int machine, String kernel, PtxFile ptx, KernelAssembler assembler) throws IOException {
        if (hasCubin(machine, assembler.key(ptx, machine))) {
            return Outcome.UP_TO_DATE;
        }
        KernelAssembler.Assembled result = assembler.assemble(target, machine, kernel, ptx);
        StoredFiles.write(cubin(machine), result.file().write());
        return result.cached() ? Outcome.CACHED : Outcome.MADE;
    }

    private Update keep(Optional<PtxFile> valid) throws IOException {
        if (valid.isPresent()) {
            return new Update(Outcome.UP_TO_DATE, List.of());
        }
        Files.deleteIfExists(ptx());
        return new Update(Outcome.MISSING, List.of());
    }

    /** By what plans name the kernel. */
    String hash() {
        String name = source.getFileName().toString();
        return name.substring(0, name.length() - ".cu".length());
    }

    private Path ptx() {
        return beside(".ptx");
    }

    private Path cubin(int machine) {
        return beside(".sm_" + machine + ".cubin");
    }

    /** The machine code that belongs beside the source. */
    List<Path> cubins(Machines machines) {
        return machines.running(target).stream().map(this::cubin).toList();
    }

    private Path beside(String ending) {
        return source.resolveSibling(hash() + ending);
    }
}
