package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a kernel took on a device: a line of a {@link TuningLog}.
 *
 * @param target GPU family that the kernel was compiled for
 * @param kernel what it computes, {@link KernelSpec#canonicalName}
 * @param batch images of the launch, which is the largest batch of the program
 * @param schedule how it divided the work, {@link Schedule#canonicalName}
 * @param micros median microseconds of a launch, rounded to nanoseconds
 * @param capability ten times the device's compute capability
 * @param device name of the device, as its driver gives it
 */
public record KernelTime(
        Target target, String kernel, int batch, String schedule, double micros, int capability, String device) {
    /** Version of the line, its first word: readers skip lines of others. */
    static final String VERSION = "time/1";

    private static final int MOST_BATCH = 1 << 20;
    private static final double MOST_MICROS = 1e9;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,2000}");
    private static final Pattern DEVICE = Pattern.compile("[!-~]+( [!-~]+)*");
    private static final Pattern LINE = Pattern.compile(
            VERSION + " (?<target>\\S+) (?<batch>[0-9]{1,9}) (?<schedule>\\S+) (?<micros>[0-9]{1,10}(\\.[0-9]{1,6})?)"
                    + " (?<kernel>\\S+) (?<major>[0-9]{1,2})\\.(?<minor>[0-9]) (?<device>.+)");

    public KernelTime {
        Objects.requireNonNull(target);
        require(NAME.matcher(kernel).matches(), "'" + kernel + "' is no name of a kernel");
        require(NAME.matcher(schedule).matches(), "'" + schedule + "' is no name of a schedule");
        require(batch >= 1 && batch <= MOST_BATCH, "the batch is " + batch + ", not from 1 to " + MOST_BATCH);
        require(micros >= 0.001 && micros <= MOST_MICROS, micros + " microseconds are no time");
        micros = Math.rint(micros * 1000) / 1000;
        require(
                target.runsOn(capability),
                target.text() + " does not run on compute capability " + Target.capabilityText(capability));
        require(DEVICE.matcher(device).matches(), "'" + device + "' is no name of a device");
    }

    /** The time of a kernel that the compiler knows. */
    public static KernelTime of(ScheduledKernel kernel, int batch, double micros, int capability, String device) {
        return new KernelTime(
                kernel.target(),
                kernel.spec().canonicalName(),
                batch,
                kernel.schedule().canonicalName(),
                micros,
                capability,
                device);
    }

    /** The line, without its end. */
    public String text() {
        return String.join(
                " ",
                VERSION,
                target.text(),
                Integer.toString(batch),
                schedule,
                String.format(Locale.ROOT, "%.3f", micros),
                kernel,
                Target.capabilityText(capability),
                device);
    }

    /** Reads a line of {@link #VERSION}; {@link IllegalArgumentException} says what is wrong with it. */
    public static KernelTime read(String line) {
        Matcher parts = LINE.matcher(line);
        require(
                parts.matches(),
                "expected '" + VERSION + " <target> <batch> <schedule> <microseconds> <kernel> <compute capability>"
                        + " <device>'");
        return new KernelTime(
                target(parts.group("target")),
                parts.group("kernel"),
                Integer.parseInt(parts.group("batch")),
                parts.group("schedule"),
                Double.parseDouble(parts.group("micros")),
                10 * Integer.parseInt(parts.group("major")) + Integer.parseInt(parts.group("minor")),
                parts.group("device"));
    }

    private static Target target(String text) {
        return Arrays.stream(Target.values())
                .filter(target -> target.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no target '" + text + "'"));
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what);
        }
    }
}
