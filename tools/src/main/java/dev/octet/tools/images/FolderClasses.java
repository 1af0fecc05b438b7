package dev.octet.tools.images;

import dev.octet.plan.diag.OctetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Classes of images by the folders that they lie in. */
final class FolderClasses {
    private FolderClasses() {}

    /** Whether every image lies in a folder below the place. */
    static boolean tell(NamedImages images) {
        return IntStream.range(0, images.size()).allMatch(i -> images.name(i).indexOf('/') > 0);
    }

    /**
     * The class of every image: the number that its outermost folder is named by, if all are, else the folder's rank by name.
     *
     * @param place for messages
     * @param scores number of the network's classes; as many folders there must be unless their names are numbers
     * @throws OctetException {@link ImagesCode#FOLDERS}
     */
    static int[] of(Path place, NamedImages images, int scores) {
        List<String> folders = IntStream.range(0, images.size())
                .mapToObj(i -> images.name(i).substring(0, images.name(i).indexOf('/')))
                .toList();
        List<String> names = new ArrayList<>(new TreeSet<>(folders));
        if (names.stream().allMatch(name -> name.matches("[0-9]{1,9}"))) {
            return folders.stream().mapToInt(Integer::parseInt).toArray();
        }
        if (names.size() != scores) {
            throw new OctetException(
                    ImagesCode.FOLDERS,
                    place,
                    "there are " + names.size() + ", such as " + names.get(0) + ", and the network has " + scores
                            + " scores");
        }
        return folders.stream().mapToInt(names::indexOf).toArray();
    }
}
