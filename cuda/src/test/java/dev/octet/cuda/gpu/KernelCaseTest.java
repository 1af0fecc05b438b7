package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of the GPU's tests, on the CPU: they are sound, and both devices answer to the same oracle. */
class KernelCaseTest {
    static Stream<KernelCatalog.Row> rows() {
        return KernelCatalog.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theCpuComputesWhatTheOracleSays(KernelCatalog.Row row) {
        RandomSpecs random = new RandomSpecs(row.toString().hashCode());
        List<KernelSpec> specs = Stream.concat(
                        row.examples().stream().limit(2),
                        Stream.of(random.like(row.examples().get(0))))
                .toList();
        try (Device cpu = new CpuDevice(1)) {
            for (KernelSpec spec : specs) {
                KernelCase kernelCase = KernelCase.of(spec, 42);
                Bytes.assertEqual(spec.canonicalName(), run(cpu, kernelCase, 3), kernelCase.expected(3));
            }
        }
    }

    private static byte[] run(Device device, KernelCase kernelCase, int n) {
        try (DeviceNetwork network = device.load(kernelCase.image(List.of(), (target, kernel) -> Optional.empty()));
                DeviceSession session = network.newSession(new SessionRequest(KernelCase.IMAGES, true))) {
            session.run(n, kernelCase.images(), List.of());
            return session.value(kernelCase.op().id());
        }
    }
}
