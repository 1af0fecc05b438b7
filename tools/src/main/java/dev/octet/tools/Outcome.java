package dev.octet.tools;

/** What a build step did to its file. */
public enum Outcome {
    /** The file is new or has changed. */
    WRITTEN,
    /** The file was already right and was not touched. */
    UNCHANGED,
    /** There is nothing to make the file from, and no file. */
    MISSING
}
