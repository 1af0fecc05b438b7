package dev.octet.tools.cli;

import dev.octet.plan.Plan;
import dev.octet.tools.Images;
import dev.octet.tools.images.Dataset;
import dev.octet.tools.images.Selection;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where images are, and how some of them are chosen. */
final class ImagesOption {
    @Option(
            names = "--images",
            paramLabel = "PATH",
            required = true,
            description =
                    "Images: a folder or .zip of PNG and JPEG files, .npy, an idx file or raw HWC bytes, also as .gz.")
    private Path images;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Draws images at random by this seed, if not all are used (default: the first of a file, evenly"
                            + " spread ones of a folder or .zip).")
    private Optional<Long> seed;

    Path path() {
        return images;
    }

    /** So many of the images, at most. */
    Selection selection(int most) {
        return selection(Optional.of(most));
    }

    /** So many of the images, at most, or all. */
    Selection selection(Optional<Integer> most) {
        return Selection.of(most, seed);
    }

    /** So many images, at most, of a network with one input. */
    Images read(Plan plan, int most) {
        return Dataset.images(images, plan, selection(most));
    }
}
