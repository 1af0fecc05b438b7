package dev.octet.tools.cli;

import dev.octet.plan.Plan;
import dev.octet.tools.ImageSet;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A file of images. */
final class ImagesOption {
    @Option(
            names = "--images",
            paramLabel = "FILE",
            required = true,
            description = "Images: an idx file or raw HWC bytes, compressed if the name ends in .gz.")
    private Path images;

    Path path() {
        return images;
    }

    /** The images of a network with one input, an image. */
    ImageSet read(Plan plan) {
        return ImageSet.forNetwork(images, plan);
    }
}
