package dev.octet.cuda;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Cleanup;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A network's kernels, weights and constants on a GPU. */
final class CudaNetwork implements DeviceNetwork {
    private static final System.Logger LOG = System.getLogger(CudaNetwork.class.getName());

    private final DeviceState device;
    private final Plan plan;
    private final Programs programs;
    private final Kernels kernels;
    private final Segments segments;
    private final DeviceResources resources;
    private final Consumer<CudaNetwork> onClose;
    private final Set<CudaSession> sessions = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private CudaNetwork(
            DeviceState device,
            Plan plan,
            Programs programs,
            Kernels kernels,
            Segments segments,
            DeviceResources resources,
            Consumer<CudaNetwork> onClose) {
        this.device = device;
        this.plan = plan;
        this.programs = programs;
        this.kernels = kernels;
        this.segments = segments;
        this.resources = resources;
        this.onClose = onClose;
    }

    /** Loads a network, with the best of its targets that runs here; whatever fails, nothing stays on the device. */
    static CudaNetwork load(DeviceState device, NetworkImage image, Consumer<CudaNetwork> onClose) {
        return RunnableTarget.first(
                device,
                image,
                programs -> load(device, image, programs, onClose),
                warning -> LOG.log(Level.WARNING, warning));
    }

    private static CudaNetwork load(
            DeviceState device, NetworkImage image, Programs programs, Consumer<CudaNetwork> onClose) {
        Plan plan = image.plan();
        String what = "load " + plan.network();
        DeviceResources resources = new DeviceResources(device);
        try {
            // Kernels first: those of a target may be missing, for which no weights need be packed.
            Kernels kernels = device.call(what, new KernelLoader(device, resources, image, programs)::load);
            Segments segments = Segments.pack(image, programs.steps());
            device.call(what, current -> {
                segments.upload(current, resources);
                return null;
            });
            return new CudaNetwork(device, plan, programs, kernels, segments, resources, onClose);
        } catch (RuntimeException | Error e) {
            resources.closeAfter(e);
            throw e;
        }
    }

    @Override
    public synchronized DeviceSession newSession(SessionRequest request) {
        requireOpen();
        if (request.batch() < 1 || request.batch() > plan.maxBatch()) {
            throw new OctetException(CudaCode.BATCH, plan.network(), 1, plan.maxBatch(), request.batch());
        }
        CudaSession session = CudaSession.open(this, request);
        sessions.add(session);
        return session;
    }

    private void requireOpen() {
        if (closed) {
            throw new OctetException(CudaCode.CLOSED, plan.network() + " on " + device.name());
        }
    }

    void forget(CudaSession session) {
        sessions.remove(session);
    }

    DeviceState device() {
        return device;
    }

    Plan plan() {
        return plan;
    }

    Programs programs() {
        return programs;
    }

    Kernels kernels() {
        return kernels;
    }

    Segments segments() {
        return segments;
    }

    @Override
    public boolean hasSessionConstants() {
        return true;
    }

    @Override
    public long deviceBytes() {
        return resources.deviceBytes();
    }

    @Override
    public String description() {
        return programs.target().text() + " kernels on " + device.gpu().name() + " (compute capability "
                + DeviceState.capability(device.gpu()) + "): " + kernels.description();
    }

    /** Closes the sessions that are still open, each once its run has ended, then frees the device's memory. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (resources) {
            Cleanup.run(List.copyOf(sessions).stream()
                    .<Runnable>map(session -> session::close)
                    .toList());
        } finally {
            onClose.accept(this);
        }
    }
}
