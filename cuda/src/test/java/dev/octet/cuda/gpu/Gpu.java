package dev.octet.cuda.gpu;

import static org.junit.jupiter.api.Assertions.fail;

import dev.octet.cuda.CudaDeviceProvider;
import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.internal.DriverProbe;
import dev.octet.plan.Target;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.Probe;

/** The GPU of tests that need one. They fail where there is none: who asks for them wants to know. */
final class Gpu {
    /** What tests use that are not about kernels. */
    static final Target TARGET = Target.SM_61;

    private Gpu() {}

    /** The driver under the device, for measurements of single kernels. */
    static Driver driver() {
        DriverProbe probe = DriverProbe.system();
        return probe.driver().orElseGet(() -> fail("no GPU: " + probe.reason()));
    }

    static Device open() {
        CudaDeviceProvider provider = new CudaDeviceProvider();
        Probe probe = provider.probe();
        return probe.devices().isEmpty() ? fail("no GPU: " + probe.reason()) : provider.open(0);
    }
}
