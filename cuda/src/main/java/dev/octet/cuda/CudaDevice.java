package dev.octet.cuda;

import dev.octet.cuda.driver.Driver;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Cleanup;
import dev.octet.runtime.device.ClockedGpu;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.Probe;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A GPU, through its primary context and whatever driver knows it. */
public final class CudaDevice implements Device {
    /** What is wrong with neither the network nor the device. */
    private static final Set<DiagnosticCode> OBJECTIONS =
            Set.of(CudaCode.NO_PROGRAM, CudaCode.NO_PTX, CudaCode.UNSUPPORTED, CudaCode.LIMIT);

    private final DeviceState state;
    private final Set<CudaNetwork> networks = new LinkedHashSet<>();
    private boolean closed;

    private CudaDevice(DeviceState state) {
        this.state = state;
    }

    /**
     * Opens a device of a driver.
     *
     * @param info the name that messages and {@link #info} say, and a description
     * @param driver the driver
     * @param gpu one of the driver's devices
     * @throws OctetException {@link CudaCode#DRIVER} if the driver makes no context
     */
    public static CudaDevice open(Probe.DeviceInfo info, Driver driver, Driver.Gpu gpu) {
        return new CudaDevice(new DeviceState(info, driver, gpu));
    }

    @Override
    public Probe.DeviceInfo info() {
        return state.info();
    }

    @Override
    public Optional<OctetException> objection(NetworkImage image) {
        try {
            return RunnableTarget.first(state, image, programs -> compiled(image, programs), warning -> {});
        } catch (OctetException e) {
            if (OBJECTIONS.contains(e.code())) {
                return Optional.of(e);
            }
            throw e;
        }
    }

    private Optional<OctetException> compiled(NetworkImage image, Programs programs) {
        KernelLoader.requireCompiled(image, programs, state.gpu());
        return Optional.empty();
    }

    @Override
    public Optional<ClockedGpu> clockedGpu() {
        Driver.Gpu gpu = state.gpu();
        return state.driver().hasClock() ? Optional.of(new ClockedGpu(gpu.name(), gpu.capability())) : Optional.empty();
    }

    @Override
    public synchronized DeviceNetwork load(NetworkImage image) {
        if (closed) {
            throw new OctetException(CudaCode.CLOSED, state.name());
        }
        CudaNetwork network = CudaNetwork.load(state, image, this::forget);
        networks.add(network);
        return network;
    }

    private synchronized void forget(CudaNetwork network) {
        networks.remove(network);
    }

    /** Closes the networks that are still open, then releases the context. */
    @Override
    public void close() {
        List<CudaNetwork> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(networks);
        }
        // Without this device's lock: a network that is being closed elsewhere holds its own and then wants this one.
        try (state) {
            Cleanup.run(open.stream().<Runnable>map(network -> network::close).toList());
        }
    }
}
