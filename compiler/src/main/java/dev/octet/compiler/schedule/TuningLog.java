package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Times of kernels on a device, by which the compiler chooses schedules. The file is text to which measurements are appended;
 * each line says all about one, so that files can be joined, and lines that start with {@code #} are comments:
 *
 * <pre>{@code
 * # target, batch, schedule, microseconds, kernel, compute capability, device
 * time/1 sm_90a 128 t64x128x128_g3_resident 15.912 conv2d_u8_u8_28x28x128_... 9.0 NVIDIA H200
 * }</pre>
 *
 * What was measured twice counts as it was measured last. All times of a target come from one device. Immutable.
 */
public final class TuningLog {
    /** A log without lines. */
    public static final TuningLog NONE = new TuningLog(Map.of(), Map.of(), 0);

    private static final String VERSION_PREFIX = "time/[0-9]{1,9} .*";

    /** What schedules are compared for. */
    private record Task(Target target, String kernel, int batch) {
        static Task of(KernelTime time) {
            return new Task(time.target(), time.kernel(), time.batch());
        }
    }

    /** Of each task the last microseconds of each schedule. */
    private final Map<Task, Map<String, Double>> times;

    private final Map<Target, String> devices;
    private final int skipped;

    private TuningLog(Map<Task, Map<String, Double>> times, Map<Target, String> devices, int skipped) {
        this.times = times;
        this.devices = devices;
        this.skipped = skipped;
    }

    /**
     * A log of these times.
     *
     * @throws IllegalArgumentException if those of a target come from several devices
     */
    public static TuningLog of(List<KernelTime> times) {
        Builder builder = new Builder();
        for (KernelTime time : times) {
            builder.stranger(time).ifPresent(other -> {
                throw new IllegalArgumentException(other + " and " + time.device());
            });
            builder.add(time);
        }
        return builder.end(0);
    }

    /** Reads the bytes of a file, like {@link #read(String, String)}. */
    public static TuningLog read(byte[] file, String name) {
        return read(new String(file, StandardCharsets.UTF_8), name);
    }

    /**
     * Reads a file; line ends of Windows are accepted.
     *
     * @param text content of the file
     * @param name name of the file, for messages
     * @throws OctetException {@link TuningCode#MALFORMED} for a line that is damaged or has no end, {@link TuningCode#DEVICES}
     *     for times of a target from several devices
     */
    public static TuningLog read(String text, String name) {
        String[] lines = text.replace("\r\n", "\n").split("\n", -1);
        int last = lines.length - 1;
        if (!lines[last].isEmpty()) {
            throw new OctetException(
                    TuningCode.MALFORMED, name, lines.length, "the line has no end, and may be cut off");
        }
        Builder builder = new Builder();
        int skipped = 0;
        for (int i = 0; i < last; i++) {
            if (isOfOtherVersion(lines[i])) {
                skipped++;
            } else if (!lines[i].isBlank() && !lines[i].startsWith("#")) {
                builder.add(time(lines[i], name, i + 1), name, i + 1);
            }
        }
        return builder.end(skipped);
    }

    private static boolean isOfOtherVersion(String line) {
        return !line.startsWith(KernelTime.VERSION + " ") && line.matches(VERSION_PREFIX);
    }

    private static KernelTime time(String line, String name, int number) {
        try {
            return KernelTime.read(line);
        } catch (IllegalArgumentException e) {
            throw new OctetException(e, TuningCode.MALFORMED, name, number, e.getMessage());
        }
    }

    /** Whether there are no times. */
    public boolean isEmpty() {
        return times.isEmpty();
    }

    /** Name of the device that a target's times come from; empty if there are none. */
    public Optional<String> device(Target target) {
        return Optional.ofNullable(devices.get(target));
    }

    /** Lines of other versions of the format, which were skipped. */
    public int skipped() {
        return skipped;
    }

    /**
     * The fastest schedule.
     *
     * @param spec what is computed
     * @param target GPU family
     * @param batch largest batch of the program
     * @param candidates the schedules that suit the kernel; of equal times the first one decides
     * @return the candidate of the least time; empty if none was measured
     */
    public Optional<Schedule> fastest(KernelSpec spec, Target target, int batch, List<Schedule> candidates) {
        Map<String, Double> known = of(spec, target, batch);
        Schedule best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Schedule schedule : candidates) {
            double micros = known.getOrDefault(schedule.canonicalName(), Double.POSITIVE_INFINITY);
            if (micros < least) {
                best = schedule;
                least = micros;
            }
        }
        return Optional.ofNullable(best);
    }

    /** How many times of a kernel belong to schedules that are not, or no longer, among the candidates. */
    public int unknown(KernelSpec spec, Target target, int batch, List<Schedule> candidates) {
        List<String> names = candidates.stream().map(Schedule::canonicalName).toList();
        return (int) of(spec, target, batch).keySet().stream()
                .filter(name -> !names.contains(name))
                .count();
    }

    private Map<String, Double> of(KernelSpec spec, Target target, int batch) {
        return times.getOrDefault(new Task(target, spec.canonicalName(), batch), Map.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TuningLog log
                && times.equals(log.times)
                && devices.equals(log.devices)
                && skipped == log.skipped;
    }

    @Override
    public int hashCode() {
        return Objects.hash(times, devices, skipped);
    }

    @Override
    public String toString() {
        return "times of " + times.size() + " kernels";
    }

    private static final class Builder {
        private final Map<Task, Map<String, Double>> times = new HashMap<>();
        private final Map<Target, String> devices = new EnumMap<>(Target.class);

        /** The device of the target's other times, if it is another. */
        Optional<String> stranger(KernelTime time) {
            return Optional.ofNullable(devices.get(time.target())).filter(device -> !device.equals(time.device()));
        }

        void add(KernelTime time, String name, int line) {
            stranger(time).ifPresent(other -> {
                throw new OctetException(
                        TuningCode.DEVICES, name, line, time.target().text(), other, time.device());
            });
            add(time);
        }

        void add(KernelTime time) {
            devices.put(time.target(), time.device());
            times.computeIfAbsent(Task.of(time), task -> new HashMap<>()).put(time.schedule(), time.micros());
        }

        TuningLog end(int skipped) {
            return new TuningLog(times, devices, skipped);
        }
    }
}
