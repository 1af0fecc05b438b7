package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Few enough kernels and networks for a run under compute-sanitizer. Sessions here have larger batches than runs, and
 * some do not keep values: nobody writes their memory but the copies of inputs and the kernels, so that initcheck sees
 * a kernel that reads another image's or nobody's bytes.
 */
@Tag("sanitize")
class SanitizedGpuTest {
    private static final int RUN = 3;
    private static final int CLASSES = 10;
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
    void kernelsAreTheOracles(Target target) {
        List<CaseKernels> kernels = SanitizedCases.all().stream()
                .filter(c -> c.target() == target)
                .map(c -> new CaseKernels(KernelCase.of(c.spec(), 11), target, List.of(c.schedule())))
                .toList();
        Map<String, String> sources = new TreeMap<>();
        kernels.forEach(k -> sources.putAll(k.sources()));
        BuiltKernels built = BuiltKernels.forGpu(target, sources);
        List<String> failures = new ArrayList<>();
        for (CaseKernels some : kernels) {
            try {
                check(some.kernelCase(), some.programs().get(0), built);
            } catch (AssertionError e) {
                failures.add(e.getMessage());
            }
        }
        assertThat(failures).isEmpty();
        System.out.println(target.text() + ": " + kernels.size() + " kernels");
    }

    private static void check(KernelCase kernelCase, LaunchProgram program, BuiltKernels built) {
        try (DeviceNetwork network = gpu.load(kernelCase.image(List.of(program), built));
                DeviceSession checked = network.newSession(new SessionRequest(KernelCase.IMAGES, true));
                DeviceSession bare = network.newSession(new SessionRequest(KernelCase.IMAGES, false))) {
            checked.run(RUN, kernelCase.inputs(), List.of());
            bare.run(RUN, kernelCase.inputs(), List.of());
            String name = program.steps().get(0).kernel().name();
            Bytes.assertEqual(name, checked.value(kernelCase.op().id()), kernelCase.expected(RUN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void networksInSharedMemoryAreTheCpus(Target target) {
        for (TestNetworks definition : TestNetworks.values()) {
            CompiledNetwork compiled = definition.compile(target, KernelCase.IMAGES);
            byte[] images = new byte[definition.pixels() * RUN];
            new Random(6).nextBytes(images);
            try (CpuDevice cpu = new CpuDevice(1);
                    DeviceNetwork expected = cpu.load(compiled.withoutKernels());
                    DeviceNetwork actual = gpu.load(compiled.withKernels())) {
                assertThat(logits(actual, images)).as(definition.name()).containsExactly(logits(expected, images));
            }
        }
    }

    private static float[] logits(DeviceNetwork network, byte[] images) {
        FloatBuffer logits = FloatBuffer.allocate(RUN * CLASSES);
        try (DeviceSession session = network.newSession(new SessionRequest(KernelCase.IMAGES, false))) {
            session.run(RUN, List.of(ByteBuffer.wrap(images)), List.of(logits));
        }
        return logits.array();
    }
}
