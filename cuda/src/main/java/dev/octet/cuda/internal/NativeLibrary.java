package dev.octet.cuda.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * Reads a native library from the class path and makes sure that it is whole: Java does not compare what it reads from a
 * jar with the jar's checksums, and the system's loader takes the process down when a library ends early.
 */
final class NativeLibrary {
    private static final int ELF_MAGIC = 0x464c457f;
    private static final int ELF_HEADER_BYTES = 64;

    private NativeLibrary() {}

    /** The bytes of a library; throws {@link IOException}, whose message says what is wrong, if it is damaged. */
    static byte[] read(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        byte[] bytes;
        try (InputStream in = connection.getInputStream()) {
            bytes = in.readAllBytes();
        }
        if (connection instanceof JarURLConnection jar && jar.getJarEntry().getCrc() != crc(bytes)) {
            throw new IOException("its jar is damaged, the checksum is wrong");
        }
        if (!isWhole(bytes)) {
            throw new IOException("it is not a complete library");
        }
        return bytes;
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /** Whether a 64-bit ELF file reaches to the end of its section headers, which linkers write last. */
    static boolean isWhole(byte[] bytes) {
        if (bytes.length < ELF_HEADER_BYTES) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long sections = header.getLong(40);
        long size = (long) Short.toUnsignedInt(header.getShort(58)) * Short.toUnsignedInt(header.getShort(60));
        return header.getInt(0) == ELF_MAGIC && sections >= 0 && sections <= bytes.length - size;
    }
}
