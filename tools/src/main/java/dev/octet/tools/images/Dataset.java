package dev.octet.tools.images;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.image.Preprocessing;
import dev.octet.tools.ImageSet;
import dev.octet.tools.Images;
import dev.octet.tools.ToolsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images as a network takes them and, if they are known, their classes.
 *
 * <p>A place is a folder or a {@code .zip} archive of PNG and JPEG files, which {@link Preprocessing} makes bytes of; a
 * {@code .npy} array of bytes, or of floats where the network's input takes floats; an idx file or raw bytes, compressed if its
 * name ends in {@code .gz}. Images are in the order of the file, or of their names.
 *
 * @param images the images, read when they are asked for
 * @param labels class of each image
 */
public record Dataset(Images images, Optional<int[]> labels) {
    /** What a place of images can be, in few words. */
    public static final String PLACES =
            "folder or .zip of PNG and JPEG files, .npy, idx file or raw HWC bytes, also as .gz";

    /**
     * Some images without their classes.
     *
     * @param place where they are
     * @param plan the network, with one input
     * @param selection which of them
     * @throws OctetException {@link ImagesCode}, {@link ToolsCode#NOT_ONE_IMAGE}, or a code of what cannot be read
     */
    public static Images images(Path place, Plan plan, Selection selection) {
        Images all = open(place, plan);
        return new KeptImages(all, selection.indices(all.size(), all instanceof NamedImages));
    }

    /**
     * Some images with their classes: from a file; without one, from the folders that all images lie in; else none.
     *
     * @param place where they are
     * @param classes file of classes, see the documentation of goals
     * @param plan the network, with one input and one output
     * @param selection which of them
     * @throws OctetException as {@link #images}, and if classes are not those of the images or of the network
     */
    public static Dataset labelled(Path place, Optional<Path> classes, Plan plan, Selection selection) {
        Images all = open(place, plan);
        int scores = plan.outputs().get(0).shape().elements();
        Optional<int[]> labels = classes.map(file -> LabelsFile.read(file, all));
        if (labels.isEmpty() && all instanceof NamedImages named && FolderClasses.tell(named)) {
            labels = Optional.of(FolderClasses.of(place, named, scores));
        }
        labels.ifPresent(found -> check(found, all, classes.orElse(place), plan.network(), scores));
        int[] chosen = selection.indices(all.size(), all instanceof NamedImages);
        return new Dataset(
                new KeptImages(all, chosen),
                labels.map(found -> IntStream.of(chosen).map(i -> found[i]).toArray()));
    }

    private static void check(int[] labels, Images images, Path from, String network, int scores) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= scores) {
                String image = images instanceof NamedImages named ? named.name(i) : String.valueOf(i);
                throw new OctetException(ImagesCode.CLASS, image, labels[i], from, network, scores, scores - 1);
            }
        }
    }

    private static Images open(Path place, Plan plan) {
        Port input = plan.inputs().get(0);
        String name = place.getFileName() == null
                ? ""
                : place.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean array = name.endsWith(".npy") && !Files.isDirectory(place);
        if (plan.inputs().size() != 1 || input.image().isEmpty() && !array) {
            throw new OctetException(ToolsCode.NOT_ONE_IMAGE, plan.network(), ImageSet.kinds(plan));
        }
        if (array) {
            return ArrayImages.open(place, input);
        }
        if (Files.isDirectory(place)) {
            return ImageFolder.open(place, Preprocessing.of(input));
        }
        return name.endsWith(".zip")
                ? ImageArchive.open(place, Preprocessing.of(input))
                : ImageSet.read(place, input.shape().elements());
    }
}
