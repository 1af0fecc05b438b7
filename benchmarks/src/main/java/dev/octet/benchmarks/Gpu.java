package dev.octet.benchmarks;

import dev.octet.cuda.CudaDevice;
import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.internal.DriverProbe;
import dev.octet.plan.Target;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.Probe;
import java.util.List;

/**
 * The first GPU.
 *
 * @param driver its driver
 * @param gpu the GPU
 * @param device the device that networks run on
 */
record Gpu(Driver driver, Driver.Gpu gpu, Device device) implements AutoCloseable {
    /** Opens it. Throws {@link IllegalStateException} that says why if there is none. */
    static Gpu open() {
        DriverProbe probe = DriverProbe.system();
        Driver driver = probe.driver().orElseThrow(() -> new IllegalStateException("no GPU: " + probe.reason()));
        Driver.Gpu gpu = driver.gpus().get(0);
        return new Gpu(driver, gpu, CudaDevice.open(new Probe.DeviceInfo("cuda:0", gpu.name()), driver, gpu));
    }

    /** The family of the kernels that the device would choose. */
    Target target() {
        return Target.best(List.of(Target.values()), gpu.capability())
                .orElseThrow(() -> new IllegalStateException("there are no kernels for " + gpu));
    }

    Row.DeviceInfo info() {
        return new Row.DeviceInfo(
                gpu.name(),
                "compute capability " + Target.capabilityText(gpu.capability()) + ", "
                        + (gpu.memoryBytes() >> 20) + " MiB, driver for CUDA " + driver.version() / 1000 + "."
                        + driver.version() % 1000 / 10);
    }

    @Override
    public void close() {
        device.close();
    }
}
