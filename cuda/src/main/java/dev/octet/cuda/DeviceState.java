package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.Target;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Probe;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A GPU with its retained context, shared by everything that lives on it. Some errors lose the context for the whole
 * process; then every later use fails at once with the first cause.
 */
final class DeviceState implements AutoCloseable {
    private final Probe.DeviceInfo info;
    private final Driver driver;
    private final Driver.Gpu gpu;
    private final Context context;
    private final AtomicReference<String> loss = new AtomicReference<>();

    DeviceState(Probe.DeviceInfo info, Driver driver, Driver.Gpu gpu) {
        this.info = info;
        this.driver = driver;
        this.gpu = gpu;
        try {
            this.context = driver.retain(gpu.ordinal());
        } catch (DriverException e) {
            throw new OctetException(e, CudaCode.DRIVER, name(), "make a context", e.reason());
        }
    }

    /** Work in the current context. */
    @FunctionalInterface
    interface Work<R> {
        R in(Context.Current current);
    }

    String name() {
        return info.name();
    }

    Probe.DeviceInfo info() {
        return info;
    }

    Driver.Gpu gpu() {
        return gpu;
    }

    Driver driver() {
        return driver;
    }

    /**
     * Does something in the device's context.
     *
     * @param what completes "failed to ...", for a failure that nobody below understood
     */
    <R> R call(String what, Work<R> work) {
        if (loss.get() != null) {
            throw new OctetException(CudaCode.LOST, name(), loss.get());
        }
        try (Context.Current current = context.enter()) {
            return work.in(current);
        } catch (DriverException e) {
            throw failure(e, CudaCode.DRIVER, name(), what, e.reason());
        }
    }

    /** A diagnostic for a driver's error; remembers the loss of the context. */
    OctetException failure(DriverException e, DiagnosticCode code, Object... arguments) {
        if (e.isSticky()) {
            loss.compareAndSet(null, e.reason());
        }
        return new OctetException(e, code, arguments);
    }

    /** Frees something. In a lost context there is nothing left to free, and the driver only repeats its error. */
    void release(String what, Work<Void> work) {
        if (loss.get() == null) {
            call(what, work);
        }
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (DriverException e) {
            if (loss.get() == null) {
                throw failure(e, CudaCode.DRIVER, name(), "release the context", e.reason());
            }
        }
    }

    static String capability(Driver.Gpu gpu) {
        return Target.capabilityText(gpu.capability());
    }

    static String version(Driver driver) {
        return driver.version() / 1000 + "." + driver.version() % 1000 / 10;
    }

    /** A size for people. */
    static String size(long bytes) {
        if (bytes < 10 << 10) {
            return bytes + " bytes";
        }
        boolean large = bytes >= 10L << 30;
        return String.format(
                Locale.ROOT, large ? "%.1f GiB" : "%.1f MiB", bytes / (double) (large ? 1 << 30 : 1 << 20));
    }
}
