package dev.octet.examples.fashion;

import dev.octet.tools.ImageSet;
import java.nio.file.Path;

/**
 * The images that come with the example: 28x28 grey bytes.
 *
 * @param calibration 500 training images
 * @param test 1,000 test images
 * @param labels what the test images show, 0 to 9
 */
record FashionData(ImageSet calibration, ImageSet test, ImageSet labels) {
    /** Reads the three files from the example's {@code src/main/data}. */
    static FashionData read(Path folder) {
        return new FashionData(
                ImageSet.read(folder.resolve("calibration-images-idx3-ubyte.gz"), FashionNetwork.INPUT_SIZE),
                ImageSet.read(folder.resolve("test-images-idx3-ubyte.gz"), FashionNetwork.INPUT_SIZE),
                ImageSet.read(folder.resolve("test-labels-idx1-ubyte.gz"), 1));
    }
}
