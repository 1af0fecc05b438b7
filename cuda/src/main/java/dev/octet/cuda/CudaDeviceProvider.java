package dev.octet.cuda;

import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.internal.DriverProbe;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.Probe;
import java.util.List;
import java.util.function.Supplier;

/** Finds NVIDIA GPUs. Safe on every machine: without a driver, or without JCuda, {@link #probe} says so. */
public final class CudaDeviceProvider implements DeviceProvider {
    private final Supplier<DriverProbe> driver;

    /** The provider that {@link java.util.ServiceLoader} makes; looks for the driver at the first question. */
    public CudaDeviceProvider() {
        this(DriverProbe::system);
    }

    CudaDeviceProvider(Supplier<DriverProbe> driver) {
        this.driver = driver;
    }

    @Override
    public String kind() {
        return "cuda";
    }

    @Override
    public int rank() {
        return 100;
    }

    @Override
    public Probe probe() {
        DriverProbe found = driver.get();
        List<Probe.DeviceInfo> devices = found.driver()
                .map(d -> d.gpus().stream().map(gpu -> info(d, gpu)).toList())
                .orElse(List.of());
        return new Probe(devices, found.reason());
    }

    private static Probe.DeviceInfo info(Driver driver, Driver.Gpu gpu) {
        String description = gpu.name() + ", compute capability " + DeviceState.capability(gpu) + ", "
                + DeviceState.size(gpu.memoryBytes()) + ", driver for CUDA " + DeviceState.version(driver);
        return new Probe.DeviceInfo("cuda:" + gpu.ordinal(), description);
    }

    @Override
    public Device open(int index) {
        DriverProbe found = driver.get();
        if (found.driver().isEmpty()) {
            throw new OctetException(CudaCode.NO_DEVICE, index, found.reason());
        }
        Driver present = found.driver().get();
        int count = present.gpus().size();
        if (index < 0 || index >= count) {
            throw new OctetException(
                    CudaCode.NO_DEVICE, index, "the driver has " + count + ", numbered from 0 to " + (count - 1));
        }
        return open(present, index);
    }

    static CudaDevice open(Driver driver, int index) {
        Driver.Gpu gpu = driver.gpus().get(index);
        return CudaDevice.open(info(driver, gpu), driver, gpu);
    }
}
