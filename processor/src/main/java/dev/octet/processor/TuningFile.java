package dev.octet.processor;

import dev.octet.compiler.Compilation;
import dev.octet.compiler.schedule.TuningCoverage;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.launch.LaunchProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The tuning log that {@code octet.tuning} names; or that it names none.
 *
 * @param file its path; empty if there is none
 * @param log what it says
 */
record TuningFile(Optional<Path> file, TuningLog log) {
    /** Reads a file; {@link OctetException} says what is wrong with it. */
    static TuningFile of(Optional<Path> file) {
        return new TuningFile(file, file.map(TuningFile::read).orElse(TuningLog.NONE));
    }

    private static TuningLog read(Path file) {
        try {
            byte[] bytes = StoredFiles.read(file)
                    .orElseThrow(() -> new OctetException(HostCode.TUNING_LOG, file, "it does not exist"));
            return TuningLog.read(bytes, file.toString());
        } catch (IOException e) {
            throw new OctetException(e, HostCode.TUNING_LOG, file, StoredFiles.reason(file, e));
        }
    }

    /** What to say about each target of a network: how many kernels were decided by times, and how many were not. */
    List<String> notes(String network, Compilation compilation) {
        if (file.isEmpty()) {
            return List.of();
        }
        return compilation.plan().programs().stream()
                .map(program -> note(network, compilation, program))
                .toList();
    }

    private String note(String network, Compilation compilation, LaunchProgram program) {
        TuningCoverage coverage = TuningCoverage.of(compilation.plan(), program, log);
        StringBuilder note = new StringBuilder(network)
                .append(": schedules of ")
                .append(coverage.measured())
                .append(" kernels for ")
                .append(program.target().text())
                .append(" by their times in ")
                .append(file.orElseThrow().getFileName())
                .append(", of ")
                .append(coverage.estimated())
                .append(" estimated");
        if (coverage.unknown() > 0) {
            note.append("; not used: ")
                    .append(coverage.unknown())
                    .append(" times of schedules that these kernels do not have");
        }
        if (log.skipped() > 0) {
            note.append("; skipped: ").append(log.skipped()).append(" lines of other versions");
        }
        return note.toString();
    }
}
