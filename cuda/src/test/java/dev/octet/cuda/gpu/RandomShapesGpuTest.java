package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.cuda.gpu.RandomCases.RandomCase;
import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hundreds of random shapes, from machine code as the build makes it, against the oracle, to the bit. */
@Tag("gpu")
class RandomShapesGpuTest {
    private static final int MESSAGES = 20;
    private static Device gpu;

    @BeforeAll
    static void open() {
        gpu = Gpu.open();
    }

    @AfterAll
    static void close() {
        if (gpu != null) {
            gpu.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void convolutionsAreTheOracles(Target target) {
        check("convolutions", RandomCases.of(target, RandomCases::convolutions, 2));
    }

    @ParameterizedTest
    @EnumSource
    void denseLayersAndPoolsAreTheOracles(Target target) {
        check("dense layers and pools", RandomCases.of(target, RandomCases::denseAndPools, 1));
    }

    @ParameterizedTest
    @EnumSource
    void convolutionsWithGroupsAreTheOracles(Target target) {
        check("convolutions with groups", RandomCases.of(target, RandomCases::groups, 2));
    }

    @ParameterizedTest
    @EnumSource
    void bytewiseOperatorsAreTheOracles(Target target) {
        check("bytewise operators", RandomCases.of(target, RandomCases::bytewise, 1));
    }

    private static void check(String what, List<RandomCase> cases) {
        List<CaseKernels> kernels =
                cases.parallelStream().map(RandomCase::kernels).toList();
        Map<String, String> sources = new TreeMap<>();
        kernels.forEach(k -> sources.putAll(k.sources()));
        Target target = cases.get(0).target();
        BuiltKernels built = BuiltKernels.forGpu(target, sources);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger runs = new AtomicInteger();
        IntStream.range(0, cases.size()).parallel().forEach(i -> {
            for (LaunchProgram program : kernels.get(i).programs()) {
                check(cases.get(i), kernels.get(i).kernelCase(), program, built, failures);
                runs.incrementAndGet();
            }
        });
        System.out.printf(
                "%s: %d random %s in %d kernels, %d failures%n",
                target.text(), cases.size(), what, runs.get(), failures.size());
        assertThat(failures.stream().limit(MESSAGES))
                .as("%d failures", failures.size())
                .isEmpty();
    }

    private static void check(
            RandomCase randomCase,
            KernelCase kernelCase,
            LaunchProgram program,
            BuiltKernels built,
            Queue<String> failures) {
        int n = randomCase.images();
        String schedule = program.steps().get(0).kernel().name();
        try (DeviceNetwork network = gpu.load(kernelCase.image(List.of(program), built));
                DeviceSession session = network.newSession(new SessionRequest(n, true))) {
            session.run(n, kernelCase.inputs(), List.of());
            Bytes.assertEqual(schedule, session.value(kernelCase.op().id()), kernelCase.expected(n));
        } catch (AssertionError | RuntimeException e) {
            failures.add(randomCase + ": " + e.getMessage());
        }
    }
}
