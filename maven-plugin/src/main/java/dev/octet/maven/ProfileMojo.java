package dev.octet.maven;

import dev.octet.runtime.Devices;
import dev.octet.runtime.Options;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.profile.ProfileRequest;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Measures how long each step of a calibrated network takes on a device, on random images, and writes the times for
 * {@code octet:report}. Run by hand: {@code mvn process-classes octet:profile}. On any device but the CPU the network runs in a
 * process of its own, so that a crash of a driver does not end Maven.
 */
@Mojo(name = "profile", requiresDependencyResolution = ResolutionScope.RUNTIME)
public final class ProfileMojo extends DeviceMojo {
    /** Binary name of the definition class; may be left out if the module has one network. */
    @Parameter(property = OctetProperties.NETWORK)
    private String network;

    /** Device, such as {@code cuda:0} or {@code cpu}. */
    @Parameter(property = OctetProperties.DEVICE, defaultValue = Devices.BEST)
    private String device;

    /** Images of a run; the network's largest batch if not given. */
    @Parameter(property = OctetProperties.BATCH)
    private Integer batch;

    /** Runs of which times are medians. */
    @Parameter(property = OctetProperties.RUNS, defaultValue = "20")
    private int runs;

    /** File of the times, which {@code octet:report} shows by the same property. */
    @Parameter(
            property = OctetProperties.PROFILE,
            defaultValue = "${project.build.directory}/octet-profile/profile.txt")
    private File profile;

    /** File of a trace in JSON, which Perfetto and {@code chrome://tracing} show; none if not given. */
    @Parameter(property = OctetProperties.TRACE)
    private File trace;

    @Override
    void run(Path classes) {
        BuiltNetwork built = network(classes, network);
        Optional<Path> traced = Optional.ofNullable(trace).map(File::toPath);
        ProfileRequest request = new ProfileRequest(
                Options.onDevice(device), Optional.ofNullable(batch), runs, Optional.of(profile.toPath()), traced);
        if (CPU.equals(device)) {
            request.run(built).text().lines().forEach(getLog()::info);
        } else {
            runApart(built, device, words(built));
        }
        getLog().info("-> " + display(profile.toPath()));
        traced.ifPresent(file -> getLog().info("-> " + display(file)));
    }

    /** The same as a command. */
    private Words words(BuiltNetwork built) {
        return new Words("profile", built)
                .add("--device", device)
                .add("--batch", batch)
                .add("--runs", runs)
                .add("--out", profile)
                .add("--trace", trace);
    }
}
