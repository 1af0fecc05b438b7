package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.cpu.CpuDeviceProvider;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which device a network gets if the caller wants the best. */
class BestDeviceTest {
    private final List<LogRecord> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger(BestDevice.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

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
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    /** A device that answers a network as it is told, and counts. */
    private static final class Gpu implements DeviceProvider, Device {
        private final Supplier<Optional<OctetException>> answer;
        private int opened;
        private int closed;

        Gpu(Supplier<Optional<OctetException>> answer) {
            this.answer = answer;
        }

        static Gpu thatObjects() {
            return new Gpu(() -> Optional.of(new OctetException(RuntimeCode.NO_WEIGHTS, "the kernels", "k.ptx")));
        }

        @Override
        public String kind() {
            return "gpu";
        }

        @Override
        public int rank() {
            return 1;
        }

        @Override
        public Probe probe() {
            return new Probe(List.of(info()), "");
        }

        @Override
        public Device open(int index) {
            opened++;
            return this;
        }

        @Override
        public Probe.DeviceInfo info() {
            return new Probe.DeviceInfo("gpu:0", "does what the test says");
        }

        @Override
        public Optional<OctetException> objection(NetworkImage image) {
            return answer.get();
        }

        @Override
        public DeviceNetwork load(NetworkImage image) {
            throw new IllegalStateException("cannot load");
        }

        @Override
        public void close() {
            closed++;
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
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).getLevel()).isEqualTo(Level.WARNING);
        assertThat(logged.get(0).getMessage())
                .contains("com.acme.Sample runs on cpu", "gpu:0: [OCTET-RUN-004]", "Run the goal octet:weights");
    }

    @Test
    void aDeviceAskedForByNameSaysItItself() {
        Gpu gpu = Gpu.thatObjects();
        assertThatThrownBy(() -> open("gpu:0", gpu, new CpuDeviceProvider())).hasMessage("cannot load");
        assertThat(gpu.closed).isEqualTo(1);
        assertThat(logged).isEmpty();
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
        assertThat(logged).isEmpty();
    }

    @Test
    void theLastDeviceSpeaksForItself() {
        assertThatThrownBy(() -> open(Devices.BEST, Gpu.thatObjects())).hasMessage("cannot load");
        assertThatThrownBy(() -> open(Devices.BEST)).hasMessageContaining("[OCTET-RUN-001]");
        assertThat(logged).isEmpty();
    }
}
