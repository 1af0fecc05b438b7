package dev.octet.tools.tune;

import dev.octet.compiler.schedule.KernelTime;
import dev.octet.compiler.schedule.TuningCode;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.tools.ToolsCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A tuning log that times are appended to.
 *
 * @param file its path
 * @param before what it said when it was opened
 * @param lines how many lines it had then
 */
public record TuningLogFile(Path file, TuningLog before, int lines) {
    /** Ends the names of tuning logs. */
    private static final String EXTENSION = ".tuning";

    /**
     * Where the log of a device is kept among the build inputs: {@code nvidia-h200.tuning} for an NVIDIA H200.
     *
     * @param sources folder of the build inputs, {@code src/main/octet}
     * @param device name of the device, as its driver gives it
     */
    public static Path of(Path sources, String device) {
        String plain = device.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return sources.resolve(plain.replaceAll("^-|-$", "") + EXTENSION);
    }

    /**
     * Reads the file, if it is there: nothing is appended to what no build could read.
     *
     * @throws OctetException {@link TuningCode#MALFORMED} or {@link TuningCode#DEVICES} if it is damaged, {@link ToolsCode#IO}
     *     if it cannot be read
     */
    public static TuningLogFile open(Path file) {
        try {
            byte[] bytes = StoredFiles.read(file).orElse(new byte[0]);
            int lines = 0;
            for (byte one : bytes) {
                lines += one == '\n' ? 1 : 0;
            }
            return new TuningLogFile(file, TuningLog.read(bytes, file.toString()), lines);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", file, StoredFiles.reason(file, e));
        }
    }

    /** Throws {@link OctetException} {@link TuningCode#DEVICES} if the log has times of a target from another device. */
    public void requireDevice(Target target, String device) {
        before.device(target).filter(other -> !other.equals(device)).ifPresent(other -> {
            throw new OctetException(TuningCode.DEVICES, file, lines + 1, target.text(), other, device);
        });
    }

    /** Adds a time at once, so that what was measured is there whatever comes after it. */
    public void append(KernelTime time) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, time.text() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "write", file, StoredFiles.reason(file, e));
        }
    }
}
