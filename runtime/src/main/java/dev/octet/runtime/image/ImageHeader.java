package dev.octet.runtime.image;

/**
 * What an image file says of itself before it is decoded.
 *
 * @param format {@code png} or {@code jpeg}
 * @param width columns
 * @param height rows
 * @param pixelBytes bytes of memory that a decoded pixel takes
 * @param essential the file without what its pixels do not need: texts, profiles, thumbnails
 */
record ImageHeader(String format, int width, int height, int pixelBytes, byte[] essential) {
    /** Bytes of all pixels. */
    long bytes() {
        return (long) width * height * pixelBytes;
    }
}
