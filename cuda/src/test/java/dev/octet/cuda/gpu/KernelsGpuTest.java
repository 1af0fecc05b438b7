package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalogue's examples, compiled by the driver, against the oracle, to the bit. The examples of a row take turns with
 * the schedules that the compiler might choose.
 */
@Tag("gpu")
@Divided
class KernelsGpuTest {
    private static final long SEED = Long.getLong("octet.test.seed", 20260101);
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

    static Stream<KernelCatalog.Row> rows() {
        return Part.current().of(KernelCatalog.rows()).stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void computesWhatTheOracleSays(KernelCatalog.Row row) {
        Tally.row();
        check(row.target(), row.examples(), List.of(1, 3, 5));
    }

    private static void check(Target target, List<KernelSpec> specs, List<Integer> batches) {
        List<KernelCase> cases =
                specs.stream().map(spec -> KernelCase.of(spec, SEED)).toList();
        ScheduleRota rota = new ScheduleRota();
        List<CaseKernels> kernels = cases.stream()
                .map(c -> new CaseKernels(c, target, rota.next(c.spec(), target, share(c, target, cases.size()))))
                .toList();
        Map<String, String> sources = new TreeMap<>();
        kernels.forEach(k -> sources.putAll(k.sources()));
        CompiledKernels compiled = CompiledKernels.of(target, sources);
        // In parallel, because the driver compiles while it loads.
        kernels.parallelStream()
                .forEach(k -> k.programs().forEach(program -> check(k.kernelCase(), program, compiled, batches)));
    }

    /** How many of its schedules an example takes so that all examples together take all. */
    private static int share(KernelCase kernelCase, Target target, int examples) {
        int schedules = ScheduleSelector.candidates(kernelCase.spec(), target).size();
        return (schedules + examples - 1) / examples;
    }

    private static void check(
            KernelCase kernelCase, LaunchProgram program, CompiledKernels compiled, List<Integer> batches) {
        try (DeviceNetwork network = gpu.load(kernelCase.image(List.of(program), compiled));
                DeviceSession session = network.newSession(new SessionRequest(KernelCase.IMAGES, true))) {
            Tally.kernel(batches.size());
            for (int n : batches) {
                session.run(n, kernelCase.inputs(), List.of());
                String what = program.steps().get(0).kernel().name() + ", " + n + " images, seed " + SEED;
                compare(what, session.value(kernelCase.op().id()), kernelCase.expected(n));
            }
        }
    }

    private static void compare(String what, byte[] actual, byte[] expected) {
        try {
            Bytes.assertEqual(what, actual, expected);
        } catch (AssertionError e) {
            Tally.difference();
            throw e;
        }
    }
}
