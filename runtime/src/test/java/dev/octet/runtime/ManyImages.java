package dev.octet.runtime;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.calibrate.RangeRule;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/** A process that calibrates with far more images than its heap holds. */
final class ManyImages {
    static final int SIDE = 10;

    private ManyImages() {}

    /** Prints the table; arguments are the root of the network's resources, the weights and the number of images. */
    public static void main(String[] arguments) {
        NetworkSpec spec = NetworkSpec.of(SampleNetwork.NAME, FolderLoader.anchor(Path.of(arguments[0])));
        int images = Integer.parseInt(arguments[2]);
        System.out.print(table(spec, Path.of(arguments[1]), images).write());
    }

    static CalibrationTable table(NetworkSpec spec, Path weights, int images) {
        return Calibrator.of(spec, weights)
                .mode(RangeRule.mse())
                .examples(Integer.MAX_VALUE)
                .run(IntStream.range(0, images).mapToObj(ManyImages::image));
    }

    private static byte[] image(int seed) {
        byte[] image = new byte[SIDE * SIDE];
        new Random(seed).nextBytes(image);
        return image;
    }
}
