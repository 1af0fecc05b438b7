package org.example.vision;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.Network;
import dev.octet.runtime.NetworkSpec;
import dev.octet.runtime.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/** Calibrates both networks on noise, and runs them. */
public final class Main {
    private Main() {}

    /** Runs on the CPU. */
    public static void main(String[] arguments) throws IOException {
        Path inputs = Path.of("src/main/octet");
        run(ColoursNetwork.spec(), inputs.resolve("colours.safetensors"), ColoursNetwork.INPUT_SIZE);
        run(ShapesNetwork.spec(), inputs.resolve("grey/shapes.safetensors"), ShapesNetwork.INPUT_SIZE);
    }

    private static void run(NetworkSpec spec, Path weights, int imageBytes) throws IOException {
        Random random = new Random(1);
        Stream<byte[]> noise = Stream.generate(() -> image(random, imageBytes)).limit(20);
        CalibrationTable table = Calibrator.of(spec, weights).run(noise);
        Path file = Files.writeString(Path.of("target", spec.network() + ".calibration"), table.write());
        try (Network network = Network.open(spec, Options.onDevice("cpu").calibration(file))) {
            float[] scores = network.run(image(random, imageBytes));
            System.out.println(spec.network() + " ran on " + network.device().name() + ": " + scores.length + " scores");
        }
    }

    private static byte[] image(Random random, int bytes) {
        byte[] image = new byte[bytes];
        random.nextBytes(image);
        return image;
    }
}
