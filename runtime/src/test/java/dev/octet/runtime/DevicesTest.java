package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.device.Probe.DeviceInfo;
import dev.octet.testkit.CapturedLog;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DevicesTest {
    /** A kind whose devices cannot be opened, only recognised. */
    private record Fake(String kind, int rank, Supplier<Probe> answer) implements DeviceProvider {
        @Override
        public Probe probe() {
            return answer.get();
        }

        @Override
        public Device open(int index) {
            throw new Opened(kind + ":" + index);
        }
    }

    private static final class Opened extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Opened(String device) {
            super(device);
        }
    }

    private static Probe two(String kind) {
        return new Probe(
                List.of(new DeviceInfo(kind + ":0", "the first"), new DeviceInfo(kind + ":1", "the second")), "");
    }

    private static Devices devices(DeviceProvider... providers) {
        return Devices.probe(List.of(providers).iterator());
    }

    @Test
    void theCpuIsAlwaysThere() {
        Devices devices = Devices.probe();
        assertThat(devices.list()).anyMatch(device -> device.name().equals("cpu"));
        try (Device device = devices.open("cpu")) {
            assertThat(device.info().name()).isEqualTo("cpu");
        }
    }

    @Test
    void theBestIsOfTheHighestRankThatHasADevice() {
        Devices devices = devices(
                new Fake("slow", 1, () -> two("slow")),
                new Fake("quick", 5, () -> two("quick")),
                new Fake("none", 9, () -> new Probe(List.of(), "no driver")));
        assertThatThrownBy(devices::best).hasMessage("quick:0");
        assertThatThrownBy(() -> devices.open("slow:1")).hasMessage("slow:1");
        assertThatThrownBy(() -> devices.open("slow")).hasMessage("slow:0");
        assertThat(devices.list())
                .extracting(DeviceInfo::name)
                .containsExactly("quick:0", "quick:1", "slow:0", "slow:1");
    }

    @Test
    void aKindBelowZeroIsOpenedByNameOnly() {
        Fake hidden = new Fake("hidden", -1, () -> two("hidden"));
        Devices devices = devices(hidden, new Fake("cpu", 0, () -> two("cpu")));
        assertThat(devices.firsts()).containsExactly("cpu:0");
        assertThatThrownBy(devices::best).hasMessage("cpu:0");
        assertThatThrownBy(() -> devices.open("hidden:1")).hasMessage("hidden:1");
        assertThat(devices.list()).hasSize(4);

        Devices alone = devices(hidden);
        assertThat(alone.firsts()).isEmpty();
        assertThatThrownBy(alone::best)
                .hasMessageContaining("There is no device 'best'")
                .hasMessageContaining("hidden:0 (the first)");
    }

    @Test
    void anUnknownDeviceSaysWhatIsThereAndWhyOthersAreNot() {
        Devices devices = devices(
                new Fake("cpu", 0, () -> new Probe(List.of(new DeviceInfo("cpu", "2 threads")), "")),
                new Fake("cuda", 5, () -> new Probe(List.of(), "libcuda.so.1 not found")));
        assertThatThrownBy(() -> devices.open("cuda:0"))
                .hasMessage("[OCTET-RUN-001] There is no device 'cuda:0'. Devices here: cpu (2 threads)."
                        + " No cuda: libcuda.so.1 not found. Name one of these, or 'best'.");
        assertThatThrownBy(() -> devices.open("tpu:0"))
                .hasMessageContaining(
                        "Nothing on the class path provides 'tpu'. Octet has 'cpu', 'cuda:0' by the dependency"
                                + " dev.octet:octet-cuda, and 'simulated:sm_80' and the like by dev.octet:octet-simulated. Name one")
                .hasMessageNotContaining("octet-tpu");
        assertThatThrownBy(() -> devices.open("simulated:sm_61"))
                .hasMessageContaining(
                        "Nothing on the class path provides 'simulated'; add the dependency dev.octet:octet-simulated.");
    }

    @Test
    void aBrokenProviderIsAMissingKind() {
        Devices devices = devices(
                new Fake("bad", 9, () -> {
                    throw new UnsatisfiedLinkError("no bad in path");
                }),
                new Fake("cpu", 0, () -> two("cpu")));
        assertThat(devices.missing()).singleElement().asString().contains("No bad", "no bad in path");
        assertThatThrownBy(devices::best).hasMessage("cpu:0");
    }

    @Test
    void aProviderThatDoesNotLoadIsReported() {
        java.util.Iterator<DeviceProvider> broken = new java.util.Iterator<>() {
            private int calls;

            @Override
            public boolean hasNext() {
                return calls++ < 2;
            }

            @Override
            public DeviceProvider next() {
                if (calls == 1) {
                    throw new ServiceConfigurationError("Provider x.Y not found");
                }
                return new Fake("cpu", 0, () -> two("cpu"));
            }
        };
        Devices devices = Devices.probe(broken);
        assertThat(devices.missing()).singleElement().asString().contains("Provider x.Y not found");
        assertThat(devices.list()).hasSize(2);
    }

    private static OneDevice plain(String name) {
        return new OneDevice(name, "plain", 0);
    }

    private static List<String> logged(Runnable work) {
        try (CapturedLog log = new CapturedLog("dev.octet.runtime")) {
            work.run();
            return log.records().stream()
                    .map(entry -> entry.getLevel() + " " + entry.getMessage())
                    .toList();
        }
    }

    @Test
    void bestLogsOnceWhyItIsNotMore() {
        Fake missing = new Fake("rare", 5, () -> new Probe(List.of(), "none was found"));
        Devices devices = devices(plain("common"), missing);
        assertThat(logged(() -> {
                    devices.open("common").close();
                    devices.best().close();
                    devices.best().close();
                    devices(plain("common"), missing).best().close();
                }))
                .containsExactly("INFO Networks opened on 'best' run on common (plain). No rare: none was found.");
    }

    @Test
    void bestLogsNothingAboutWhatItWouldNotChoose() {
        Fake missing = new Fake("lesser", -1, () -> new Probe(List.of(), "none was found"));
        assertThat(logged(() -> devices(plain("other"), missing).best().close()))
                .isEmpty();
    }
}
