package dev.octet.runtime;

import java.nio.file.Path;

/** A network of the sample, for tests of other packages. */
public final class ImageSpec {
    private ImageSpec() {}

    /** Writes its plan below a folder. Its only input is the image {@code image}. */
    public static NetworkSpec in(Path folder) {
        new SampleNetwork(SmallDefinition.plan(1), folder).writePlan();
        return NetworkSpec.of(SampleNetwork.NAME, FolderLoader.anchor(folder));
    }
}
