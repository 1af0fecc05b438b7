package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.cpu.CpuDeviceProvider;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.diag.RuntimeCode;
import dev.octet.testkit.CapturedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which device a network gets if the caller wants the best. */
class BestDeviceTest {
    private final CapturedLog log = new CapturedLog(BestDevice.class.getName());

    @TempDir
    Path folder;

    private SampleNetwork sample;

    @BeforeEach
    void build() {
        sample = new SampleNetwork(SmallDefinition.plan(2), folder).writePlan();
        Path weights = TensorFile.write(sample.plan().fp32(), 3, folder.resolve("small.safetensors"));
        byte[] image = new byte[3 * 12 * 11];
        new java.util.Random(1).nextBytes(image);
        sample.writeWeights(weights)
                .writeTable(Calibrator.of(sample.spec(), weights).run(Stream.of(image)));
    }

    @AfterEach
    void stopListening() {
        log.close();
    }

    /** A device that answers a network as it is told, and counts. */
    private static final class Gpu extends OneDevice {
        private final Supplier<Optional<OctetException>> answer;

        Gpu(Supplier<Optional<OctetException>> answer) {
            super("gpu:0", "does what the test says", 1);
            this.answer = answer;
        }

        static Gpu thatObjects() {
            return new Gpu(() -> Optional.of(new OctetException(RuntimeCode.NO_WEIGHTS, "the kernels", "k.ptx")));
        }

        @Override
        public Optional<OctetException> objection(NetworkImage image) {
            return answer.get();
        }
    }

    private Network open(String name, DeviceProvider... providers) {
        Devices devices = Devices.probe(List.of(providers).iterator());
        return new NetworkLoader(sample.spec(), Options.onDevice(name)).open(devices);
    }

    @Test
    void anObjectionMakesItTheCpuAndIsLoggedOnce() {
        Gpu gpu = Gpu.thatObjects();
        try (Network network = open(Devices.BEST, gpu, new CpuDeviceProvider())) {
            assertThat(network.device().name()).isEqualTo("cpu");
            network.run(new byte[3 * 12 * 11]);
            network.run(new byte[3 * 12 * 11]);
        }
        assertThat(gpu.opened).isEqualTo(1);
        assertThat(gpu.closed).isEqualTo(1);
        assertThat(log.records()).hasSize(1);
        assertThat(log.records().get(0).getLevel()).isEqualTo(Level.WARNING);
        assertThat(log.records().get(0).getMessage())
                .contains("com.acme.Sample runs on cpu", "gpu:0: [OCTET-RUN-004]", "The goal octet:weights makes them");
    }

    @Test
    void aDeviceAskedForByNameSaysItItself() {
        Gpu gpu = Gpu.thatObjects();
        assertThatThrownBy(() -> open("gpu:0", gpu, new CpuDeviceProvider())).hasMessage("cannot load");
        assertThat(gpu.closed).isEqualTo(1);
        assertThat(log.records()).isEmpty();
    }

    @Test
    void otherFailuresAreTheCallers() {
        Gpu suits = new Gpu(Optional::empty);
        assertThatThrownBy(() -> open(Devices.BEST, suits, new CpuDeviceProvider()))
                .hasMessage("cannot load");
        Gpu breaks = new Gpu(() -> {
            throw new IllegalStateException("no answer");
        });
        assertThatThrownBy(() -> open(Devices.BEST, breaks, new CpuDeviceProvider()))
                .hasMessage("no answer");
        assertThat(suits.closed + breaks.closed).isEqualTo(2);
        assertThat(log.records()).isEmpty();
    }

    @Test
    void theLastDeviceSpeaksForItself() {
        assertThatThrownBy(() -> open(Devices.BEST, Gpu.thatObjects())).hasMessage("cannot load");
        assertThatThrownBy(() -> open(Devices.BEST)).hasMessageContaining("[OCTET-RUN-001]");
        assertThat(log.records()).isEmpty();
    }
}
