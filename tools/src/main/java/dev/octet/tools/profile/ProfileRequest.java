package dev.octet.tools.profile;

import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import dev.octet.runtime.SessionProfile;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.OutputFile;
import dev.octet.tools.ToolsCode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * How a network's steps are to be measured, and where their times are written.
 *
 * @param options how to open the network
 * @param batch images of a run; the network's largest batch if empty
 * @param runs runs of which times are medians
 * @param times file for {@code octet:report}, if one is wanted
 * @param trace file for Perfetto or {@code chrome://tracing}, if one is wanted
 */
public record ProfileRequest(
        Options options, Optional<Integer> batch, int runs, Optional<Path> times, Optional<Path> trace) {
    private static final long SEED = 1;

    public ProfileRequest {
        Objects.requireNonNull(options);
        Objects.requireNonNull(times);
        Objects.requireNonNull(trace);
        batch.ifPresent(images -> requirePositive("images in a run", images));
        requirePositive("runs", runs);
    }

    private static void requirePositive(String what, int number) {
        if (number < 1) {
            throw new OctetException(ToolsCode.COUNT, what, number);
        }
    }

    /** Measures a network on random images, and writes the files. */
    public SessionProfile run(BuiltNetwork built) {
        SessionProfile profile;
        try (Network network = Network.open(built.spec(), options);
                Session session = network.newSession()) {
            network.plan().inputs().forEach(port -> fill(session, port));
            profile = session.profile(batch.orElse(network.maxBatch()), runs);
        }
        times.ifPresent(file -> OutputFile.write(file, ProfileFile.text(profile)));
        trace.ifPresent(file -> OutputFile.write(file, ChromeTrace.json(profile)));
        return profile;
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
