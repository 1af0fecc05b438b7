package dev.octet.tools.cli;

import dev.octet.runtime.Devices;
import dev.octet.runtime.Options;
import dev.octet.runtime.SessionProfile;
import dev.octet.tools.profile.ProfileRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the steps of a network. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "Prints how long each step of a network takes on a device, on random images.")
final class ProfileCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClassesOption classes;

    @Parameters(paramLabel = "NETWORK", description = "Binary name of the definition class.")
    private String name;

    @Option(
            names = "--device",
            defaultValue = Devices.BEST,
            description = "Device, such as cuda:0 or cpu (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "Calibration table (default: the one in the classes directory).")
    private Optional<Path> table = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "N",
            converter = PositiveInteger.class,
            description = "Images of a run (default: the network's largest batch).")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "20",
            converter = PositiveInteger.class,
            description = "Runs of which times are medians (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--out", paramLabel = "FILE", description = "Also writes the times for 'octet report --profile'.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Also writes a trace in JSON, which Perfetto and chrome://tracing show.")
    private Optional<Path> trace = Optional.empty();

    @Override
    public Integer call() {
        Options plain = Options.onDevice(device);
        Options options = table.map(plain::calibration).orElse(plain);
        SessionProfile profile = new ProfileRequest(options, batch, runs, out, trace).run(classes.find(name));
        spec.commandLine().getOut().print(profile.text());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
