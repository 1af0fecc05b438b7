package dev.octet.cuda.gpu;

import dev.octet.cuda.gpu.RandomCases.RandomCase;
import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Random shapes on a device that runs the kernels of a target, against the oracle, to the bit. */
public final class RandomComparison {
    private final Device device;
    private final Target target;

    /** For a device that is open and stays so. */
    public RandomComparison(Device device, Target target) {
        this.device = device;
        this.target = target;
    }

    /**
     * What was compared.
     *
     * @param cases number of shapes
     * @param kernels number of kernels, each of which ran once
     * @param differences a line for each kernel that failed or whose result differed
     */
    public record Outcome(int cases, int kernels, List<String> differences) {}

    /** Builds kernels from sources by hash. */
    @FunctionalInterface
    interface Builder {
        NetworkImage.Kernels build(Target target, Map<String, String> sources);
    }

    /**
     * Compares one random shape of every row of the catalogue, and some more of those on floats, of which no other test
     * draws shapes. Needs a CUDA compiler.
     */
    public Outcome everyRow() {
        return compare(RandomCases.of(target, RandomCases::ofEveryRow, 1), CompiledKernels::inFewModules);
    }

    Outcome compare(List<RandomCase> cases, Builder builder) {
        if (cases.isEmpty()) {
            return new Outcome(0, 0, List.of());
        }
        List<CaseKernels> kernels =
                cases.parallelStream().map(RandomCase::kernels).toList();
        Map<String, String> sources = new TreeMap<>();
        kernels.forEach(k -> sources.putAll(k.sources()));
        NetworkImage.Kernels built = builder.build(target, sources);
        Queue<String> differences = new ConcurrentLinkedQueue<>();
        AtomicInteger runs = new AtomicInteger();
        IntStream.range(0, cases.size()).parallel().forEach(i -> {
            for (LaunchProgram program : kernels.get(i).programs()) {
                compare(cases.get(i), kernels.get(i).kernelCase(), program, built, differences);
                runs.incrementAndGet();
            }
        });
        return new Outcome(
                cases.size(), runs.get(), differences.stream().sorted().toList());
    }

    private void compare(
            RandomCase randomCase,
            KernelCase kernelCase,
            LaunchProgram program,
            NetworkImage.Kernels built,
            Queue<String> differences) {
        int n = randomCase.images();
        String schedule = program.steps().get(0).kernel().name();
        try (DeviceNetwork network = device.load(kernelCase.image(List.of(program), built));
                DeviceSession session = network.newSession(new SessionRequest(n, true))) {
            session.run(n, kernelCase.inputs(), List.of());
            Bytes.assertEqual(schedule, session.value(kernelCase.op().id()), kernelCase.expected(n));
        } catch (AssertionError | RuntimeException e) {
            differences.add(randomCase + ": " + e.getMessage());
        }
    }
}
