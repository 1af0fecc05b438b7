package dev.octet.tools.cli;

import dev.octet.plan.Plan;
import dev.octet.tools.ImageSet;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A file of images for a network with one input, an image. */
final class ImagesOption {
    @Option(
            names = "--images",
            paramLabel = "FILE",
            required = true,
            description = "Images: an idx file or raw HWC bytes, compressed if the name ends in .gz.")
    private Path images;

    ImageSet read(Plan plan) {
        return ImageSet.forNetwork(images, plan);
    }
}
