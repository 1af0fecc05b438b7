package dev.octet.benchmarks;

import dev.octet.compiler.schedule.KernelTime;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A tuning log that times are appended to.
 *
 * @param file its path
 * @param before what it said when it was opened
 */
record TuningFile(Path file, TuningLog before) {
    /**
     * Reads the file, if it is there: nothing is appended to what no build could read.
     *
     * @throws OctetException if it is damaged
     */
    static TuningFile open(Path file) throws IOException {
        String text = Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        return new TuningFile(file, TuningLog.read(text, file.toString()));
    }

    /** Throws {@link IllegalStateException} if the log has times of a target from another device. */
    void requireDevice(Target target, String device) {
        before.device(target).filter(other -> !other.equals(device)).ifPresent(other -> {
            throw new IllegalStateException(file + " has times for " + target.text() + " from " + other
                    + ", but this device is " + device + ": name another file, each device needs one of its own");
        });
    }

    /** Adds a time at once, so that what was measured is there whatever comes after it. */
    void append(KernelTime time) {
        try {
            Files.writeString(file, time.text() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
