package dev.octet.compiler.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Fits the constants of {@link MmaCost} to measured times: local search from many starts, by what the choices lose
 * against the best tiles, and where that is equal by how far estimates are from times. A program, so that new times need
 * no new code:
 *
 * <pre>build/gpu-bundle/run fit</pre>
 *
 * measures and fits on a machine with a GPU, and {@code main} fits a file of such lines anywhere.
 */
final class MmaCostFit {
    private static final int STARTS = 60;
    private static final double[] FACTORS = {0.5, 0.8, 0.95, 1.05, 1.25, 2};
    /** Loss in choices counts this much more than error in estimates. */
    private static final double LOSS = 100;

    private final List<MmaTimes> times;

    MmaCostFit(List<MmaTimes> times) {
        if (times.isEmpty()) {
            throw new IllegalArgumentException("no times of sm_80 schedules");
        }
        this.times = times;
    }

    /**
     * Reads a file of times and prints the constants that fit them.
     *
     * @param arguments the file, and how many multiprocessors the device has
     */
    public static void main(String[] arguments) throws IOException {
        MmaCostFit fit = new MmaCostFit(MmaTimes.read(Files.readAllLines(Path.of(arguments[0]))));
        fit.print("now   ", MmaCost.MACHINE);
        fit.print("fitted", fit.best(Integer.parseInt(arguments[1])));
    }

    private void print(String what, MmaCost.Machine machine) {
        double worst = times.stream().mapToDouble(t -> t.lost(machine)).max().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%s %s: choices take %.4f times the best on average, %.3f at worst; estimates are off by %.3f%n",
                what,
                machine,
                lost(machine),
                worst,
                Math.exp(error(machine)));
    }

    /** Mean of the chosen tile's time over the best one's. */
    double lost(MmaCost.Machine machine) {
        return times.stream().mapToDouble(t -> t.lost(machine)).average().orElseThrow();
    }

    /** Standard deviation of the logarithm of estimates over times. */
    double error(MmaCost.Machine machine) {
        double[] ratios = times.stream()
                .flatMapToDouble(t -> {
                    MmaCost cost = new MmaCost(machine, t.spec(), t.batch());
                    return t.micros().entrySet().stream()
                            .mapToDouble(e -> Math.log(cost.clocks(e.getKey()) / e.getValue()));
                })
                .toArray();
        double mean = IntStream.range(0, ratios.length)
                .mapToDouble(i -> ratios[i])
                .average()
                .orElseThrow();
        double squares = IntStream.range(0, ratios.length)
                .mapToDouble(i -> (ratios[i] - mean) * (ratios[i] - mean))
                .sum();
        return Math.sqrt(squares / ratios.length);
    }

    /** The machine with that many multiprocessors that fits best; the same for the same times. */
    MmaCost.Machine best(int multiprocessors) {
        ToDoubleFunction<MmaCost.Machine> badness = machine -> LOSS * (lost(machine) - 1) + error(machine);
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, STARTS)
                .mapToObj(i -> start(multiprocessors, random))
                .map(start -> descend(start, badness))
                .min(Comparator.comparingDouble(badness))
                .orElseThrow();
    }

    private static MmaCost.Machine start(int multiprocessors, SplittableRandom random) {
        return new MmaCost.Machine(
                multiprocessors,
                random.nextInt(500, 4000),
                random.nextInt(8, 80),
                random.nextInt(50, 1000),
                random.nextInt(200, 8000));
    }

    private static MmaCost.Machine descend(MmaCost.Machine start, ToDoubleFunction<MmaCost.Machine> badness) {
        MmaCost.Machine best = start;
        double least = badness.applyAsDouble(start);
        boolean better = true;
        while (better) {
            better = false;
            for (int i = 0; i < 4 * FACTORS.length; i++) {
                MmaCost.Machine next = changed(best, i / FACTORS.length, FACTORS[i % FACTORS.length]);
                double found = badness.applyAsDouble(next);
                if (found < least) {
                    best = next;
                    least = found;
                    better = true;
                }
            }
        }
        return best;
    }

    private static MmaCost.Machine changed(MmaCost.Machine m, int constant, double factor) {
        return new MmaCost.Machine(
                m.multiprocessors(),
                constant == 0 ? scaled(m.products(), factor) : m.products(),
                constant == 1 ? scaled(m.bytes(), factor) : m.bytes(),
                constant == 2 ? scaled(m.step(), factor) : m.step(),
                constant == 3 ? scaled(m.ends(), factor) : m.ends());
    }

    /** Moves by one at least, so that small constants change too. */
    private static int scaled(int constant, double factor) {
        int scaled = (int) Math.round(constant * factor);
        return Math.max(1, scaled == constant ? constant + (factor > 1 ? 1 : -1) : scaled);
    }
}
