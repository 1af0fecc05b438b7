package dev.octet.tools.images;

import dev.octet.tools.Images;

/** Images that have names of their own: files of a folder or of an archive. */
interface NamedImages extends Images {
    /** Name of an image below the folder, with {@code /} between its parts. */
    String name(int i);
}
