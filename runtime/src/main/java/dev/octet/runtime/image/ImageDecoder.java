package dev.octet.runtime.image;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.ForeignContent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG files by the JDK's own decoders, whatever others are installed, so that the same file is the same bytes
 * everywhere. A file's structure is followed and its size is known before anything is decoded.
 */
final class ImageDecoder {
    /** Most bytes of a file. */
    static final int MOST_FILE_BYTES = 1 << 26;

    private static final long MOST_PIXEL_BYTES = 1L << 28;
    private static final int SHARE_OF_MEMORY = 4;
    private static final String JDK = "com.sun.imageio.plugins.";

    private ImageDecoder() {}

    /** Most bytes of decoded pixels: a quarter of the heap, and no more than 256 MiB. */
    static long mostPixelBytes() {
        return Math.min(MOST_PIXEL_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
    }

    /** Whether a file's first bytes are those of an image that can be decoded. */
    static boolean isImage(byte[] start) {
        return PngFile.isPng(start) || JpegFile.isJpeg(start);
    }

    /**
     * Decodes a file.
     *
     * @param name for messages
     */
    static DecodedImage decode(String name, byte[] file) {
        try {
            ImageHeader header = header(file);
            if (header.bytes() > mostPixelBytes()) {
                throw tooLarge(name, "it has " + header.width() + " x " + header.height() + " pixels");
            }
            return new DecodedImage(decode(header));
        } catch (DamagedImageException e) {
            throw new OctetException(e, e.code(), name, e.getMessage());
        } catch (OutOfMemoryError e) {
            throw new OctetException(
                    e, ImageCode.TOO_LARGE, name, "the heap has no room for it now", MOST_FILE_BYTES, mostPixelBytes());
        } catch (LinkageError e) {
            throw new OctetException(e, ImageCode.NO_DECODER, "image", String.valueOf(e.getMessage()));
        }
    }

    static OctetException tooLarge(String name, String found) {
        return new OctetException(ImageCode.TOO_LARGE, name, found, MOST_FILE_BYTES, mostPixelBytes());
    }

    private static ImageHeader header(byte[] file) throws DamagedImageException {
        if (PngFile.isPng(file)) {
            return PngFile.read(file);
        }
        if (JpegFile.isJpeg(file)) {
            return JpegFile.read(file);
        }
        throw new DamagedImageException(
                ImageCode.FORMAT,
                ForeignContent.describe(file)
                        .orElse(file.length == 0 ? "it is empty" : "it does not begin as these do"));
    }

    private static BufferedImage decode(ImageHeader header) throws DamagedImageException {
        List<String> warnings = new ArrayList<>();
        ImageReader reader = reader(header.format());
        try (MemoryCacheImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(header.essential()))) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
                throw new DamagedImageException("it says two different sizes");
            }
            BufferedImage image = reader.read(0);
            requireWhole(warnings);
            return image;
        } catch (IOException | RuntimeException e) {
            // The JDK's decoders throw all kinds of exceptions at what is inconsistent.
            throw new DamagedImageException(
                    "decoding it failed (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")");
        } finally {
            reader.dispose();
        }
    }

    /** The JPEG decoder goes on with grey where data is missing or wrong, and only warns. */
    private static void requireWhole(List<String> warnings) throws DamagedImageException {
        for (String warning : warnings) {
            String text = warning.toLowerCase(Locale.ROOT);
            boolean harmless = text.contains("extraneous bytes") || text.contains("jfif") || text.contains("icc");
            if (!harmless) {
                throw new DamagedImageException("decoding it says '" + warning + "'");
            }
        }
    }

    static ImageReader reader(String format) {
        Iterator<ImageReaderSpi> providers =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        try {
            while (providers.hasNext()) {
                ImageReaderSpi provider = providers.next();
                if (provider.getClass().getName().startsWith(JDK + format + ".")) {
                    return provider.createReaderInstance();
                }
            }
        } catch (IOException e) {
            throw new OctetException(e, ImageCode.NO_DECODER, format, e.getMessage());
        }
        throw new OctetException(ImageCode.NO_DECODER, format, "ImageIO lists none of the JDK");
    }
}
