package dev.octet.runtime;

import dev.octet.plan.Target;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long the steps of a network take on a device; see {@link Session#profile(int, int)}.
 *
 * @param network binary name of the definition
 * @param device name of the device
 * @param description what the device is, for people
 * @param target GPU family whose kernels ran; empty if none did
 * @param batch images of a run
 * @param runs number of runs of which times are medians
 * @param runMicros median of whole runs as {@link Session#run} does them, in microseconds; copies, and what the host does
 *     itself, included
 * @param steps the steps in order
 */
public record SessionProfile(
        String network,
        String device,
        String description,
        Optional<Target> target,
        int batch,
        int runs,
        double runMicros,
        List<Step> steps) {
    private static final String ROW = "%%4s  %%-%ds  %%-%ds  %%10s  %%6s  %%10s  %%10s%%s%%n";

    public SessionProfile {
        Objects.requireNonNull(network);
        Objects.requireNonNull(device);
        Objects.requireNonNull(description);
        Objects.requireNonNull(target);
        steps = List.copyOf(steps);
        if (batch < 1 || runs < 1 || !(runMicros >= 0)) {
            throw new IllegalArgumentException(runs + " runs of " + batch + " images in " + runMicros);
        }
    }

    /**
     * A step: a launch of a kernel, or an operator of the CPU device.
     *
     * @param number its place, from 1
     * @param value name of the last value that it makes
     * @param operator what it computes last, in a word
     * @param layer layer whose weights it reads, if it reads those of one
     * @param kernel entry point of its kernel, if it has one
     * @param micros median of its time in microseconds
     * @param bytes bytes of operands, weights and results, each moved once, of all images
     * @param macs multiplications with weights, of all images, without those of lanes that pad channels
     */
    public record Step(
            int number,
            String value,
            String operator,
            Optional<String> layer,
            Optional<String> kernel,
            double micros,
            long bytes,
            long macs) {
        public Step {
            Objects.requireNonNull(value);
            Objects.requireNonNull(operator);
            Objects.requireNonNull(layer);
            Objects.requireNonNull(kernel);
            if (number < 1 || !(micros >= 0) || bytes < 0 || macs < 0) {
                throw new IllegalArgumentException(number + " " + value + ": " + micros + ", " + bytes + ", " + macs);
            }
        }
    }

    /** Sum of the times of all steps, in microseconds. */
    public double stepMicros() {
        return steps.stream().mapToDouble(Step::micros).sum();
    }

    /** A table of the steps, for people. */
    public String text() {
        String row = String.format(Locale.ROOT, ROW, width("value", Step::value), width("operator", Step::operator));
        StringBuilder text = new StringBuilder();
        boolean kernels = steps.stream().anyMatch(step -> step.kernel().isPresent());
        text.append(String.format(
                Locale.ROOT,
                "%s on %s (%s), batch %d, medians of %d runs%n",
                network,
                device,
                description,
                batch,
                runs));
        text.append(String.format(
                Locale.ROOT,
                row,
                "step",
                "value",
                "operator",
                "us",
                "share",
                "MB/s",
                "GMAC/s",
                kernels ? "  kernel" : ""));
        double total = stepMicros();
        for (Step step : steps) {
            text.append(String.format(
                    Locale.ROOT,
                    row,
                    step.number(),
                    step.value(),
                    step.operator(),
                    decimals(step.micros()),
                    total == 0 ? "" : decimals(100 * step.micros() / total) + "%",
                    rate(step.bytes(), step.micros(), 1),
                    step.macs() == 0 ? "" : rate(step.macs(), step.micros(), 1e3),
                    step.kernel().map(kernel -> "  " + kernel).orElse("")));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "all steps %s us; a whole run %s us, %s images/s%n",
                        decimals(total),
                        decimals(runMicros),
                        rate(batch, runMicros, 1e-6)))
                .toString();
    }

    private int width(String title, Function<Step, String> text) {
        int widest = steps.stream().map(text).mapToInt(String::length).max().orElse(0);
        return Math.max(title.length(), widest);
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** So many things in so many microseconds, in units of {@code unit} things a microsecond. */
    private static String rate(double count, double micros, double unit) {
        return micros == 0 ? "" : String.format(Locale.ROOT, "%.1f", count / micros / unit);
    }
}
