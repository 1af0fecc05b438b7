package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.internal.DriverProbe;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.Probe;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class CudaDeviceProviderTest {
    private static DeviceProvider registered() {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.kind().equals("cuda"))
                .findFirst()
                .orElseThrow();
    }

    /** True on any machine: with a GPU there are devices, without one there is a reason. */
    @Test
    void answersOnEveryMachineAndEveryTime() {
        Probe first = registered().probe();
        Probe second = registered().probe();

        assertThat(second).isEqualTo(first);
        if (first.devices().isEmpty()) {
            assertThat(first.reason()).isNotBlank().doesNotContain("\n");
            assertThatThrownBy(() -> registered().open(0))
                    .isInstanceOf(OctetException.class)
                    .hasMessageContaining("OCTET-CUDA-001")
                    .hasMessageContaining(first.reason());
        }
    }

    @Test
    void describesDevices() {
        FakeDriver driver = TinyNetwork.driver(89);
        DeviceProvider provider = new CudaDeviceProvider(() -> DriverProbe.of(driver));

        assertThat(provider.probe().devices())
                .containsExactly(new Probe.DeviceInfo(
                        "cuda:0", "Fake GPU, compute capability 8.9, 80.0 GiB, driver for CUDA 12.4"));
        try (Device device = provider.open(0)) {
            assertThat(device.info()).isEqualTo(provider.probe().devices().get(0));
        }
        assertThatThrownBy(() -> provider.open(1)).hasMessageContaining("no device cuda:1: the driver has 1");
        assertThatThrownBy(() -> provider.open(-1)).hasMessageContaining("no device cuda:-1");
    }
}
