package dev.octet.tools.cli;

import dev.octet.plan.Port;
import dev.octet.runtime.Devices;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import dev.octet.runtime.SessionProfile;
import dev.octet.tools.OutputFile;
import dev.octet.tools.profile.ChromeTrace;
import dev.octet.tools.profile.ProfileFile;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
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
    private static final long SEED = 1;

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
        SessionProfile profile;
        try (Network network = Network.open(classes.find(name).spec(), options);
                Session session = network.newSession()) {
            network.plan().inputs().forEach(port -> fill(session, port));
            profile = session.profile(batch.orElse(network.maxBatch()), runs);
        }
        PrintWriter writer = spec.commandLine().getOut();
        writer.print(profile.text());
        writer.flush();
        out.ifPresent(file -> OutputFile.write(file, ProfileFile.text(profile)));
        trace.ifPresent(file -> OutputFile.write(file, ChromeTrace.json(profile)));
        return 0;
    }

    /** Times do not depend on what is computed. */
    private static void fill(Session session, Port port) {
        Random random = new Random(SEED);
        if (port.image().isPresent()) {
            ByteBuffer pixels = session.input(port.name());
            byte[] noise = new byte[pixels.remaining()];
            random.nextBytes(noise);
            pixels.put(noise);
        } else {
            FloatBuffer values = session.floatInput(port.name());
            while (values.hasRemaining()) {
                values.put(2 * random.nextFloat() - 1);
            }
        }
    }
}
