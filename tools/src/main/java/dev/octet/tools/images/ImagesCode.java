package dev.octet.tools.images;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of places that hold many images, and of their classes. */
public enum ImagesCode implements DiagnosticCode {
    /** A place without images. */
    NO_IMAGES(
            "OCTET-IMAGE-020",
            "%s holds no files whose names end in .png, .jpg or .jpeg. Give a folder or a .zip archive of images, a .npy array,"
                    + " an idx file, or raw bytes."),
    /** Images that would be left out without a word. */
    OTHER_FORMATS(
            "OCTET-IMAGE-021",
            "%s holds files that are not read, %d in all, such as %s: images are PNG or JPEG files, and archives within it are not"
                    + " opened. Convert or unpack them, or take them away."),
    /** An archive that is none, or not an honest one. */
    ARCHIVE(
            "OCTET-IMAGE-022",
            "%s cannot be read as a zip archive: %s. Make it again, or unpack it and give the folder."),
    /** An array that is no array of images. */
    NUMPY(
            "OCTET-IMAGE-023",
            "%s cannot be read as a NumPy array of %s: %s. Save numpy.ascontiguousarray(images) with numpy.save, without"
                    + " pickling."),
    /** Classes that cannot be read, or are not those of the images. */
    LABELS("OCTET-IMAGE-024", "%s cannot be used as classes of these images: %s. %s"),
    /** Folders that do not tell their classes. */
    FOLDERS(
            "OCTET-IMAGE-025",
            "The classes of the images in %s cannot be told from its folders: %s. Have a folder for each class of the network,"
                    + " in the order of its scores by name, or named by their numbers from 0; or give a file of classes."),
    /** A class that the network does not have. */
    CLASS(
            "OCTET-IMAGE-026",
            "Image %s is of class %d in %s, but %s has %d scores, of the classes 0 to %d. Correct the class."),
    /** A link that is not followed. */
    LINK(
            "OCTET-IMAGE-027",
            "%s is a link to %s: within a folder of images, links to folders and links out of it are not followed. Give the"
                    + " folder that has the images itself, or put them into %s.");

    private final String id;
    private final String text;

    ImagesCode(String id, String text) {
        this.id = id;
        this.text = text;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String text() {
        return text;
    }
}
