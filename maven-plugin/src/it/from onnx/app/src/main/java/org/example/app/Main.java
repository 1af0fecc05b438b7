package org.example.app;

import dev.octet.runtime.Options;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.example.ColoursNetwork;

/** Predicts with the network of another module. */
public final class Main {
    /** The model's order; blue and red are exchanged, since it is told that its pixels are BGR. */
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    private Main() {}

    /** Reads a picture of the project's folder. */
    public static void main(String[] arguments) {
        byte[] pixels = ColoursNetwork.spec().preprocessing("image").read(Path.of("red.png"));
        try (ColoursNetwork network = ColoursNetwork.open(Options.onDevice("best"))) {
            float[] scores = network.run(pixels);
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            System.out.println("red.png shows " + COLOURS.get(best) + ", scores " + Arrays.toString(scores));
        }
    }
}
