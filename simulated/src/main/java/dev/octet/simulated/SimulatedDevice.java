package dev.octet.simulated;

import dev.octet.cuda.CudaDevice;
import dev.octet.cuda.driver.Driver;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.Probe;
import java.util.Optional;

/** The CUDA device, with kernels as PTX only: machine code cannot be simulated. */
final class SimulatedDevice implements Device {
    private final Device cuda;

    private SimulatedDevice(Device cuda) {
        this.cuda = cuda;
    }

    static SimulatedDevice open(Probe.DeviceInfo info, Driver driver) {
        return new SimulatedDevice(CudaDevice.open(info, driver, driver.gpus().get(0)));
    }

    private static NetworkImage withoutCubins(NetworkImage image) {
        return image.with(image.kernels()::ptx);
    }

    @Override
    public Probe.DeviceInfo info() {
        return cuda.info();
    }

    @Override
    public Optional<OctetException> objection(NetworkImage image) {
        return cuda.objection(withoutCubins(image));
    }

    @Override
    public DeviceNetwork load(NetworkImage image) {
        return cuda.load(withoutCubins(image));
    }

    @Override
    public void close() {
        cuda.close();
    }
}
