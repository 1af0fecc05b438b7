package dev.octet.runtime;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.NetworkImage;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the best device for a network: the most preferred one that has no objection to it. */
final class BestDevice {
    private static final System.Logger LOG = System.getLogger(BestDevice.class.getName());

    private final NetworkImage image;
    private final List<String> objections = new ArrayList<>();

    private BestDevice(NetworkImage image) {
        this.image = image;
    }

    /**
     * Opens a device. If better ones object, says once why; the last one is opened without a question, so that its
     * failure is the caller's.
     */
    static Device open(Devices devices, NetworkImage image) {
        List<String> names = devices.firsts();
        if (names.isEmpty()) {
            return devices.open(Devices.BEST);
        }
        BestDevice search = new BestDevice(image);
        for (String name : names.subList(0, names.size() - 1)) {
            Optional<Device> device = search.consider(devices.open(name));
            if (device.isPresent()) {
                search.report(devices, name);
                return device.get();
            }
        }
        String last = names.get(names.size() - 1);
        Device device = devices.open(last);
        search.report(devices, last);
        return device;
    }

    /** The device; empty, and closed, if it objects. */
    private Optional<Device> consider(Device device) {
        boolean suits = false;
        try {
            Optional<OctetException> objection = device.objection(image);
            suits = objection.isEmpty();
            objection.ifPresent(o -> objections.add(device.info().name() + ": " + o.getMessage()));
        } finally {
            if (!suits) {
                device.close();
            }
        }
        return suits ? Optional.of(device) : Optional.empty();
    }

    private void report(Devices devices, String chosen) {
        devices.sayWhatIsMissing(chosen);
        if (!objections.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    image.plan().network() + " runs on " + chosen + ". What is better cannot run it: "
                            + String.join("; ", objections));
        }
    }
}
