package dev.octet.plan;

/**
 * Version of a file format.
 *
 * @param major changes when old readers would misread
 * @param minor changes when something is added that old readers may ignore
 */
public record Version(int major, int minor) {
    /** Parses {@code major.minor}; throws {@link IllegalArgumentException} on anything else. */
    public static Version parse(String text) {
        if (!text.matches("[0-9]{1,4}\\.[0-9]{1,4}")) {
            throw new IllegalArgumentException("not a version: " + text);
        }
        int dot = text.indexOf('.');
        return new Version(Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
