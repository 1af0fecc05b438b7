package dev.octet.runtime.image;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.io.BoundedInput;
import dev.octet.plan.io.StoredFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes of an image what an input takes: unsigned bytes in (row, column, channel) order, of the port's height, width and
 * channel order. Scale, mean and deviation are the network's own work. It follows from the port alone, and builds and services
 * have the same bytes from the same file, on every machine.
 *
 * <ol>
 *   <li>A PNG or JPEG file is decoded. Its samples are taken as they are stored: colour profiles, transparency and the
 *       orientation that cameras note are ignored, of 16 bits the upper 8 are used.
 *   <li>The image is scaled, by a triangle filter, so that its shorter side has the length of the annotation's {@code resize}, or,
 *       where that is left out, so that it just covers the port's shape; then its centre is cut out. Without {@code resize} an
 *       image of the port's size is not changed.
 *   <li>Colours become brightness by the weights of ITU-R BT.601 where the port is grey, and brightness three equal channels
 *       where it is not.
 * </ol>
 *
 * <p>Files of more than 64 MiB are refused, and images whose pixels take more than a quarter of the heap or 256 MiB. Immutable
 * and thread-safe.
 */
public final class Preprocessing {
    /** Weights of red, green and blue, in 65536ths. */
    private static final int RED = 19595;

    private static final int GREEN = 38470;
    private static final int BLUE = 7471;
    private static final int HALF = 1 << 15;

    private final ChannelOrder order;
    private final Scaling scaling;

    private Preprocessing(ChannelOrder order, Scaling scaling) {
        this.order = order;
        this.scaling = scaling;
    }

    /** For an image input. Throws {@link IllegalArgumentException} if the port takes no image. */
    public static Preprocessing of(Port port) {
        ImageFormat format =
                port.image().orElseThrow(() -> new IllegalArgumentException("port " + port.name() + " takes floats"));
        Shape shape = port.shape();
        return new Preprocessing(format.order(), new Scaling(shape.width(), shape.height(), format.resize()));
    }

    /** Whether bytes, at least the first 8 of a file, are the beginning of a PNG or JPEG file. */
    public static boolean isImage(byte[] start) {
        return ImageDecoder.isImage(start);
    }

    /** Bytes of one image: height times width times channels. */
    public int size() {
        return scaling.width() * scaling.height() * order.channels();
    }

    /**
     * The pixels of a file.
     *
     * @throws OctetException {@link ImageCode}
     */
    public byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in);
        } catch (IOException e) {
            throw new OctetException(e, ImageCode.IO, file, StoredFiles.reason(file, e));
        }
    }

    /**
     * The pixels of a file that a stream has, which is read to its end and not closed.
     *
     * @param name for messages
     * @throws IOException if reading fails
     * @throws OctetException {@link ImageCode}
     */
    public byte[] read(String name, InputStream in) throws IOException {
        byte[] file = BoundedInput.read(in, ImageDecoder.MOST_FILE_BYTES)
                .orElseThrow(() -> ImageDecoder.tooLarge(name, "the file is longer"));
        return read(name, file);
    }

    /**
     * The pixels of a file in memory, such as an upload.
     *
     * @param name for messages
     * @param file the whole PNG or JPEG file
     * @throws OctetException {@link ImageCode}
     */
    public byte[] read(String name, byte[] file) {
        return pixels(ImageDecoder.decode(name, file));
    }

    /** The pixels of an image that was decoded elsewhere, by the same rules. */
    public byte[] read(BufferedImage image) {
        return pixels(new DecodedImage(image));
    }

    private byte[] pixels(DecodedImage image) {
        byte[] scaled = scaling.apply(image);
        if (image.channels() == 1) {
            return order == ChannelOrder.GRAY ? scaled : repeated(scaled);
        }
        return switch (order) {
            case GRAY -> brightness(scaled);
            case RGB -> scaled;
            case BGR -> reversed(scaled);
        };
    }

    private static byte[] repeated(byte[] gray) {
        byte[] result = new byte[3 * gray.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = gray[i / 3];
        }
        return result;
    }

    private static byte[] brightness(byte[] rgb) {
        byte[] result = new byte[rgb.length / 3];
        for (int i = 0; i < result.length; i++) {
            int sum = RED * Byte.toUnsignedInt(rgb[3 * i])
                    + GREEN * Byte.toUnsignedInt(rgb[3 * i + 1])
                    + BLUE * Byte.toUnsignedInt(rgb[3 * i + 2]);
            result[i] = (byte) (sum + HALF >> 16);
        }
        return result;
    }

    private static byte[] reversed(byte[] rgb) {
        byte[] result = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            result[i] = rgb[i / 3 * 3 + 2 - i % 3];
        }
        return result;
    }
}
