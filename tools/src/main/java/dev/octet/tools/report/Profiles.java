package dev.octet.tools.report;

import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.tools.profile.ProfileFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The profiles that a report shows: those of GPUs in the order given, then those of the CPU device. */
final class Profiles {
    private final List<Read> profiles;

    /** A profile and its file. */
    private record Read(Path file, Profile profile) {}

    private Profiles(List<Read> profiles) {
        this.profiles = profiles;
    }

    /**
     * Reads files.
     *
     * @throws OctetException {@link ReportCode#PROFILE} for one that is damaged
     */
    static Profiles read(List<Path> files) {
        return new Profiles(files.stream()
                .map(file -> new Read(file, Profile.read(file)))
                .sorted(Comparator.comparing(read -> read.profile().ofCpu()))
                .toList());
    }

    /** The profiles in order. */
    List<Profile> all() {
        return profiles.stream().map(Read::profile).toList();
    }

    /** What a profile is called, by its place: {@code GPU}, {@code CPU}, or {@code GPU 2} if there are several. */
    String label(int index) {
        boolean cpu = profiles.get(index).profile().ofCpu();
        long same = profiles.stream().filter(p -> p.profile().ofCpu() == cpu).count();
        long number = profiles.stream()
                .limit(index + 1L)
                .filter(p -> p.profile().ofCpu() == cpu)
                .count();
        return (cpu ? "CPU" : "GPU") + (same == 1 ? "" : " " + number);
    }

    /** The target of the launches that were measured, if the network has launches for it. */
    Optional<Target> target(Plan plan) {
        return profiles.stream()
                .map(Read::profile)
                .filter(profile -> profile.network().equals(plan.network()) && !profile.ofCpu())
                .findFirst()
                .flatMap(profile -> Arrays.stream(Target.values())
                        .filter(target -> target.text().equals(profile.target()))
                        .findFirst())
                .filter(target -> plan.programs().stream().anyMatch(program -> program.target() == target));
    }

    /** The batch that was measured, or else the network's largest. */
    int batch(Plan plan) {
        return profiles.stream()
                .map(Read::profile)
                .filter(profile -> profile.network().equals(plan.network()))
                .map(Profile::batch)
                .filter(batch -> batch <= plan.maxBatch())
                .findFirst()
                .orElse(plan.maxBatch());
    }

    /**
     * Refuses profiles of anything but what is shown; those of the CPU device are of every target.
     *
     * @throws OctetException {@link ReportCode#OTHER_PROFILE}
     */
    void require(String network, Target target, int batch) {
        for (Read read : profiles) {
            Profile found = read.profile();
            String measured = identity(found.network(), found.target(), found.batch());
            String shown = identity(network, found.ofCpu() ? ProfileFile.CPU : target.text(), batch);
            if (!measured.equals(shown)) {
                throw new OctetException(ReportCode.OTHER_PROFILE, read.file(), measured, shown);
            }
        }
    }

    private static String identity(String network, String target, int batch) {
        return network + ", " + target + ", batch " + batch;
    }
}
