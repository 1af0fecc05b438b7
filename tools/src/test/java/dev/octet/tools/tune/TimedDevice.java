package dev.octet.tools.tune;

import dev.octet.plan.Plan;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.ClockedGpu;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.device.StepReplays;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** A device that runs nothing and takes the time that a function gives to a kernel, by name; the first replay of one is off. */
final class TimedDevice implements Device {
    /** So little that schedules 2 % apart stay within the 10 % of {@link Tuner#CLOSE}. */
    private static final double NOISE = 0.03;

    private final Function<String, Double> micros;
    private final Random random;
    private final Set<String> met = new HashSet<>();
    private final List<Double> wholes = new ArrayList<>();
    private final ClockedGpu gpu;
    private int open;
    private boolean closed;

    TimedDevice(Function<String, Double> micros, ClockedGpu gpu, long seed) {
        this.gpu = gpu;
        this.micros = micros;
        this.random = new Random(seed);
    }

    /** What is not closed. */
    int open() {
        return open;
    }

    /** Whether somebody closed it. */
    boolean closed() {
        return closed;
    }

    /** Times of replays of more than one step. */
    List<Double> wholes() {
        return wholes;
    }

    @Override
    public Probe.DeviceInfo info() {
        return new Probe.DeviceInfo("fake", "for tests");
    }

    @Override
    public Optional<ClockedGpu> clockedGpu() {
        return Optional.of(gpu);
    }

    @Override
    public DeviceNetwork load(NetworkImage image) {
        open++;
        return new LoadedNetwork(this, image.plan());
    }

    @Override
    public void close() {
        closed = true;
    }

    private double time(Plan plan, int n, int from, int to) {
        List<Step> steps = plan.programs().get(0).steps().subList(from, to);
        double sum = steps.stream()
                .mapToDouble(step -> micros.apply(step.kernel().name()))
                .sum();
        if (steps.size() > 1) {
            wholes.add(sum);
            return sum;
        }
        boolean first = met.add(n + steps.get(0).kernel().name());
        return first ? sum * (1 + NOISE * (2 * random.nextDouble() - 1)) : sum;
    }

    private record LoadedNetwork(TimedDevice device, Plan plan) implements DeviceNetwork {
        @Override
        public DeviceSession newSession(SessionRequest request) {
            device.open++;
            return new LoadedSession(this);
        }

        @Override
        public long deviceBytes() {
            return 0;
        }

        @Override
        public String description() {
            return "fake";
        }

        @Override
        public void close() {
            device.open--;
        }
    }

    private record LoadedSession(LoadedNetwork network) implements DeviceSession, StepReplays {
        @Override
        public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {}

        @Override
        public Optional<StepReplays> replays() {
            return Optional.of(this);
        }

        @Override
        public Replay replay(int n, int from, int to, int times) {
            TimedDevice device = network.device();
            device.open++;
            return new TimedReplay(device, times * device.time(network.plan(), n, from, to));
        }

        @Override
        public byte[] value(int value) {
            throw new AssertionError("nobody asks for values");
        }

        @Override
        public long deviceBytes() {
            return 0;
        }

        @Override
        public void close() {
            network.device().open--;
        }
    }

    private record TimedReplay(TimedDevice device, double time) implements StepReplays.Replay {
        @Override
        public double[] micros(int replays) {
            double[] all = new double[replays];
            Arrays.fill(all, time);
            return all;
        }

        @Override
        public void close() {
            device.open--;
        }
    }
}
