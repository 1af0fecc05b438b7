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
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The devices of this machine, of all kinds whose providers are on the class path. */
public final class Devices {
    /** Name that stands for the first device of the most preferred kind. */
    public static final String BEST = "best";

    /** The artifacts of Octet's own kinds of devices, but of the CPU, which is always there. */
    private static final Map<String, String> ARTIFACTS =
            Map.of("cuda", "dev.octet:octet-cuda", "simulated", "dev.octet:octet-simulated");

    private final List<Kind> kinds;
    private final List<Missing> missing;

    /** What one provider answered. */
    private record Kind(DeviceProvider provider, List<DeviceInfo> devices) {
        boolean mayBeBest() {
            return provider.rank() >= 0;
        }
    }

    /** Why a kind has no devices, and the rank that they would have. */
    private record Missing(int rank, String reason) {}

    private Devices(List<Kind> kinds, List<Missing> missing) {
        this.kinds = kinds;
        this.missing = missing;
    }

    /** Asks every provider that Octet's class loader finds. */
    public static Devices probe() {
        ClassLoader loader = Devices.class.getClassLoader();
        return probe(ServiceLoader.load(DeviceProvider.class, loader).iterator());
    }

    static Devices probe(Iterator<DeviceProvider> providers) {
        List<Kind> kinds = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        boolean more = true;
        while (more) {
            try {
                more = providers.hasNext();
                if (more) {
                    ask(providers.next(), kinds, missing);
                }
            } catch (ServiceConfigurationError e) {
                String reason = "A device provider cannot be loaded: " + e.getMessage() + ".";
                missing.add(new Missing(Integer.MAX_VALUE, reason));
            }
        }
        kinds.sort(Comparator.comparingInt((Kind kind) -> -kind.provider().rank())
                .thenComparing(kind -> kind.provider().kind()));
        missing.sort(Comparator.comparing(Missing::reason));
        return new Devices(List.copyOf(kinds), List.copyOf(missing));
    }

    /** A provider that breaks its contract and throws is a kind without devices; the others still serve. */
    private static void ask(DeviceProvider provider, List<Kind> kinds, List<Missing> missing) {
        try {
            Probe probe = provider.probe();
            if (probe.devices().isEmpty()) {
                missing.add(missing(provider, probe.reason()));
            } else {
                kinds.add(new Kind(provider, probe.devices()));
            }
        } catch (RuntimeException | LinkageError e) {
            missing.add(missing(provider, "its provider failed with " + e));
        }
    }

    private static Missing missing(DeviceProvider provider, String reason) {
        return new Missing(provider.rank(), "No " + provider.kind() + ": " + reason + ".");
    }

    /** Devices, the most preferred kind first. */
    public List<DeviceInfo> list() {
        return kinds.stream().flatMap(kind -> kind.devices().stream()).toList();
    }

    /** Why kinds of devices are missing, one sentence each. */
    public List<String> missing() {
        return missing.stream().map(Missing::reason).toList();
    }

    /** The first device of each kind, the most preferred first: what {@link #BEST} may stand for. */
    List<String> firsts() {
        return kinds.stream()
                .filter(Kind::mayBeBest)
                .map(kind -> kind.devices().get(0).name())
                .toList();
    }

    /**
     * Opens the first device of the most preferred kind. If a kind that is preferred to it is missing, the reason is
     * logged, once, at level {@code INFO} of the {@link System.Logger} {@code dev.octet.runtime}.
     */
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
        if (name.equals(BEST) && !kinds.isEmpty() && kinds.get(0).mayBeBest()) {
            return openBest(kinds.get(0));
        }
        for (Kind kind : kinds) {
            if (name.equals(kind.provider().kind())) {
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

    private Device openBest(Kind kind) {
        Device device = kind.provider().open(0);
        sayWhatIsMissing(kind.devices().get(0).name());
        return device;
    }

    /** Logs why there is nothing of the kinds that would be preferred to the device that {@link #BEST} stands for. */
    void sayWhatIsMissing(String chosen) {
        for (Kind kind : kinds) {
            for (DeviceInfo info : kind.devices()) {
                if (info.name().equals(chosen)) {
                    sayWhatIsMissing(kind.provider().rank(), info);
                }
            }
        }
    }

    private void sayWhatIsMissing(int rank, DeviceInfo chosen) {
        String better = missing.stream()
                .filter(other -> other.rank() > rank)
                .map(Missing::reason)
                .collect(Collectors.joining(" "));
        if (!better.isEmpty()) {
            FallbackLog.say("Networks opened on '" + BEST + "' run on " + chosen.name() + " (" + chosen.description()
                    + "). " + better);
        }
    }

    private String present() {
        return list().stream()
                .map(device -> device.name() + " (" + device.description() + ")")
                .collect(Collectors.joining(", "));
    }

    private String absent(String name) {
        List<String> sentences = new ArrayList<>(missing());
        String kind = name.split(":", 2)[0];
        boolean asked = missing().stream().anyMatch(reason -> reason.startsWith("No " + kind + ":"))
                || kinds.stream().anyMatch(known -> known.provider().kind().equals(kind));
        if (!asked && !name.equals(BEST)) {
            sentences.add("Nothing on the class path provides '" + kind + "'" + remedy(kind));
        }
        return sentences.stream().map(sentence -> " " + sentence).collect(Collectors.joining());
    }

    private static String remedy(String kind) {
        return ARTIFACTS.containsKey(kind)
                ? "; add the dependency " + ARTIFACTS.get(kind) + "."
                : ". Octet has 'cpu', 'cuda:0' by the dependency " + ARTIFACTS.get("cuda")
                        + ", and 'simulated:sm_80' and the like by " + ARTIFACTS.get("simulated") + ".";
    }
}
