package dev.octet.tools.tune;

import dev.octet.compiler.schedule.KernelTime;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.runtime.Devices;
import dev.octet.runtime.device.ClockedGpu;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.Probe.DeviceInfo;
import dev.octet.toolchain.ToolchainOptions;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.ToolsCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How the schedules of a compiled network's kernels are to be measured, and where their times are kept.
 *
 * @param device name of a device with a GPU, or {@link Devices#BEST}
 * @param batches largest batches that schedules are for, without duplicates; that of the network if there are none
 * @param sources folder of the build inputs, {@code src/main/octet}
 * @param log the tuning log to add to; that of the device among the build inputs if empty
 * @param seconds after which measuring ends, if it is to; what was measured stays
 */
public record TuningRequest(
        String device, List<Integer> batches, Path sources, Optional<Path> log, Optional<Integer> seconds) {
    public TuningRequest {
        Objects.requireNonNull(device);
        Objects.requireNonNull(sources);
        Objects.requireNonNull(log);
        batches = List.copyOf(new TreeSet<>(batches));
        batches.forEach(batch -> requirePositive("images in a batch", batch));
        seconds.ifPresent(limit -> requirePositive("seconds", limit));
    }

    private static void requirePositive(String what, int number) {
        if (number < 1) {
            throw new OctetException(ToolsCode.COUNT, what, number);
        }
    }

    /**
     * What was measured.
     *
     * @param file the log that has it
     * @param times how many times were added to it
     * @param complete whether all was measured; if not, the limit passed
     */
    public record Result(Path file, int times, boolean complete) {}

    /**
     * Measures.
     *
     * @param toolchain what kernels are compiled with
     * @param lines takes lines for people
     * @throws OctetException {@link TuneCode}, those of a damaged log and one of another device, and those of devices, networks
     *     and compilers; before anything is measured but for failures of the device
     */
    public Result run(BuiltNetwork network, ToolchainOptions toolchain, Consumer<String> lines) {
        Plan plan = network.plan();
        Devices devices = Devices.probe();
        try (Device opened = devices.open(name(devices))) {
            return run(network, plan, opened, devices.missing(), toolchain, lines);
        }
    }

    /** The same on an open device, with sentences on what devices are missing. */
    Result run(
            BuiltNetwork network,
            Plan plan,
            Device opened,
            List<String> missing,
            ToolchainOptions toolchain,
            Consumer<String> lines) {
        TimeLimit limit = seconds.map(Duration::ofSeconds).map(TimeLimit::in).orElse(TimeLimit.NONE);
        ClockedGpu gpu = opened.clockedGpu().orElseThrow(() -> noTimes(plan, opened.info(), missing));
        Tuner.Machine machine = new Tuner.Machine(target(plan, gpu), gpu.capability(), gpu.name());
        TuningLogFile file = TuningLogFile.open(log.orElseGet(() -> TuningLogFile.of(sources, gpu.name())));
        file.requireDevice(machine.target(), machine.name());
        BuiltWeights weights = BuiltWeights.of(network, plan);
        Log kept = new Log(file, lines);
        Tuner.Builder builder = kernels -> BuiltKernels.of(kernels, machine.capability(), toolchain);
        boolean complete = new Tuner(opened, machine, builder, kept, limit)
                .run(network.name(), plan, batches.isEmpty() ? List.of(plan.maxBatch()) : batches, weights);
        return new Result(file.file(), kept.times, complete);
    }

    /** Not {@link Devices#best}, which explains why a network runs on the CPU: here that is an error, which says so itself. */
    private String name(Devices devices) {
        List<DeviceInfo> present = devices.list();
        return device.equals(Devices.BEST) && !present.isEmpty()
                ? present.get(0).name()
                : device;
    }

    private static OctetException noTimes(Plan plan, DeviceInfo device, List<String> missing) {
        String reasons = missing.stream().map(sentence -> " " + sentence).collect(Collectors.joining());
        return new OctetException(TuneCode.NO_TIMES, plan.network(), device.name(), device.description(), reasons);
    }

    /** The family of the kernels that the device would choose. */
    private static Target target(Plan plan, ClockedGpu gpu) {
        List<Target> targets =
                plan.programs().stream().map(LaunchProgram::target).distinct().toList();
        return Target.best(targets, gpu.capability())
                .orElseThrow(() -> new OctetException(
                        TuneCode.NO_TARGET,
                        plan.network(),
                        targets.isEmpty()
                                ? "no GPU"
                                : targets.stream().map(Target::text).collect(Collectors.joining(", ")),
                        gpu.name(),
                        gpu.capability() / 10,
                        gpu.capability() % 10));
    }

    /** Keeps times at once. */
    private static final class Log implements Tuner.Listener {
        private final TuningLogFile file;
        private final Consumer<String> lines;
        private int times;

        Log(TuningLogFile file, Consumer<String> lines) {
            this.file = file;
            this.lines = lines;
        }

        @Override
        public void timed(KernelTime time) {
            file.append(time);
            times++;
        }

        @Override
        public void said(String line) {
            lines.accept(line);
        }
    }
}
