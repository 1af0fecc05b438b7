package dev.octet.runtime;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.device.Probe.DeviceInfo;
import dev.octet.runtime.diag.RuntimeCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The devices of this machine, of all kinds whose providers are on the class path. */
public final class Devices {
    /** Name that stands for the first device of the most preferred kind. */
    public static final String BEST = "best";

    private final List<Kind> kinds;
    private final List<String> reasons;

    /** What one provider answered. */
    private record Kind(DeviceProvider provider, List<DeviceInfo> devices) {}

    private Devices(List<Kind> kinds, List<String> reasons) {
        this.kinds = kinds;
        this.reasons = reasons;
    }

    /** Asks every provider that Octet's class loader finds. */
    public static Devices probe() {
        ClassLoader loader = Devices.class.getClassLoader();
        return probe(ServiceLoader.load(DeviceProvider.class, loader).iterator());
    }

    static Devices probe(Iterator<DeviceProvider> providers) {
        List<Kind> kinds = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        boolean more = true;
        while (more) {
            try {
                more = providers.hasNext();
                if (more) {
                    ask(providers.next(), kinds, reasons);
                }
            } catch (ServiceConfigurationError e) {
                reasons.add("A device provider cannot be loaded: " + e.getMessage() + ".");
            }
        }
        kinds.sort(Comparator.comparingInt((Kind kind) -> -kind.provider().rank())
                .thenComparing(kind -> kind.provider().kind()));
        reasons.sort(Comparator.naturalOrder());
        return new Devices(List.copyOf(kinds), List.copyOf(reasons));
    }

    /** A provider that breaks its contract and throws is a kind without devices; the others still serve. */
    private static void ask(DeviceProvider provider, List<Kind> kinds, List<String> reasons) {
        try {
            Probe probe = provider.probe();
            if (probe.devices().isEmpty()) {
                reasons.add("No " + provider.kind() + ": " + probe.reason() + ".");
            } else {
                kinds.add(new Kind(provider, probe.devices()));
            }
        } catch (RuntimeException | LinkageError e) {
            reasons.add("No " + provider.kind() + ": its provider failed with " + e + ".");
        }
    }

    /** Devices, the most preferred kind first. */
    public List<DeviceInfo> list() {
        return kinds.stream().flatMap(kind -> kind.devices().stream()).toList();
    }

    /** Why kinds of devices are missing, one sentence each. */
    public List<String> missing() {
        return reasons;
    }

    /** The first device of each kind, the most preferred first: what {@link #BEST} may stand for. */
    List<String> firsts() {
        return kinds.stream().map(kind -> kind.devices().get(0).name()).toList();
    }

    /** Opens the first device of the most preferred kind. */
    public Device best() {
        return open(BEST);
    }

    /**
     * Opens a device.
     *
     * @param name its name, a kind for the first of it, or {@link #BEST}
     * @throws OctetException {@link RuntimeCode#NO_DEVICE} that says what is there and why other kinds are not
     */
    public Device open(String name) {
        for (Kind kind : kinds) {
            if (name.equals(BEST) || name.equals(kind.provider().kind())) {
                return kind.provider().open(0);
            }
            for (int i = 0; i < kind.devices().size(); i++) {
                if (kind.devices().get(i).name().equals(name)) {
                    return kind.provider().open(i);
                }
            }
        }
        throw new OctetException(RuntimeCode.NO_DEVICE, name, present(), absent(name));
    }

    private String present() {
        return list().stream()
                .map(device -> device.name() + " (" + device.description() + ")")
                .collect(Collectors.joining(", "));
    }

    private String absent(String name) {
        List<String> sentences = new ArrayList<>(reasons);
        String kind = name.split(":", 2)[0];
        boolean asked = reasons.stream().anyMatch(reason -> reason.startsWith("No " + kind + ":"))
                || kinds.stream().anyMatch(known -> known.provider().kind().equals(kind));
        if (!asked && !name.equals(BEST)) {
            sentences.add("Nothing on the class path provides '" + kind + "' (octet-" + kind + "?).");
        }
        return sentences.stream().map(sentence -> " " + sentence).collect(Collectors.joining());
    }
}
