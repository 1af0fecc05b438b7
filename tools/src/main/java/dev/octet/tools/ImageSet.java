package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.BoundedInput;
import dev.octet.plan.io.ForeignContent;
import dev.octet.plan.io.StoredFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Records of equal size from one file: HWC images, or labels of one byte. The file is an idx file of unsigned bytes (magic
 * {@code 00 00 08 rank}, then {@code rank} big-endian extents) or raw bytes one record after the other; a name that ends
 * in {@code .gz} is decompressed.
 */
public final class ImageSet implements Images {
    private static final int IDX_UNSIGNED_BYTE = 8;
    private static final int MAX_RANK = 4;

    private static final int MAX_BYTES = 1 << 30;

    /** Reading needs the bytes twice for a moment; half of the heap remains for everything else. */
    private static final int SHARE_OF_MEMORY = 4;

    private final byte[] bytes;
    private final int offset;
    private final int size;
    private final int recordBytes;

    private ImageSet(byte[] bytes, int offset, int size, int recordBytes) {
        this.bytes = bytes;
        this.offset = offset;
        this.size = size;
        this.recordBytes = recordBytes;
    }

    /** Reads a file of records of {@code recordBytes} bytes: 1 for labels, height * width * channels for images. */
    public static ImageSet read(Path file, int recordBytes) {
        return read(file, recordBytes, Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY));
    }

    /** Reads a file of at most {@code limit} bytes, counted after it is decompressed. */
    static ImageSet read(Path file, int recordBytes, long limit) {
        byte[] bytes = readAll(file, recordBytes, (int) limit);
        int header = idxHeader(bytes);
        int rest = bytes.length - header;
        if (rest == 0 || rest % recordBytes != 0) {
            String found = ForeignContent.describe(bytes).orElse("it holds " + rest + " bytes");
            throw new OctetException(ToolsCode.BAD_IMAGES, file, recordBytes, found);
        }
        int size = rest / recordBytes;
        if (header != 0 && ByteBuffer.wrap(bytes).getInt(4) != size) {
            int pieces = ByteBuffer.wrap(bytes).getInt(4);
            throw new OctetException(
                    ToolsCode.BAD_IMAGES, file, recordBytes, "it holds " + pieces + " of " + rest / pieces + " bytes");
        }
        return new ImageSet(bytes, header, size, recordBytes);
    }

    /** Size of the idx header, or 0 where the extents that it would have do not explain the file's length. */
    private static int idxHeader(byte[] bytes) {
        if (bytes.length < 8 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != IDX_UNSIGNED_BYTE) {
            return 0;
        }
        int rank = bytes[3];
        if (rank < 1 || rank > MAX_RANK || bytes.length < 4 + 4 * rank) {
            return 0;
        }
        ByteBuffer extents = ByteBuffer.wrap(bytes, 4, 4 * rank);
        long elements = 1;
        while (extents.hasRemaining()) {
            elements = Math.min(elements * Integer.toUnsignedLong(extents.getInt()), Integer.MAX_VALUE);
        }
        return elements == bytes.length - (4 + 4 * rank) ? 4 + 4 * rank : 0;
    }

    private static boolean isCompressed(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** The limit also bounds what a small compressed file unfolds to. */
    private static byte[] readAll(Path file, int recordBytes, int limit) {
        try (InputStream in = Files.newInputStream(file)) {
            InputStream plain = isCompressed(file) ? new GZIPInputStream(in) : in;
            Optional<byte[]> bytes = Files.size(file) <= limit ? BoundedInput.read(plain, limit) : Optional.empty();
            return bytes.orElseThrow(() -> new OctetException(ToolsCode.TOO_LARGE, file, limit));
        } catch (ZipException | EOFException e) {
            String found = "its compressed data is damaged or cut off (" + e.getMessage() + ")";
            throw new OctetException(e, ToolsCode.BAD_IMAGES, file, recordBytes, found);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", file, StoredFiles.reason(file, e));
        }
    }

    /** The inputs of a network, for a message. */
    public static String kinds(Plan plan) {
        return plan.inputs().stream().map(Port::described).collect(Collectors.joining(", "));
    }

    /** Number of records. */
    @Override
    public int size() {
        return size;
    }

    /** Bytes of one record. */
    public int recordBytes() {
        return recordBytes;
    }

    /** The first {@code n} records; all if there are fewer. */
    public ImageSet first(int n) {
        return new ImageSet(bytes, offset, Math.min(n, size), recordBytes);
    }

    /** A copy of record {@code i}. */
    @Override
    public byte[] get(int i) {
        int start = offset + i * recordBytes;
        return Arrays.copyOfRange(bytes, start, start + recordBytes);
    }

    /** Records {@code from} (inclusive) to {@code to} (exclusive), one after the other, read-only. */
    public ByteBuffer slice(int from, int to) {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer().slice(offset + from * recordBytes, (to - from) * recordBytes);
    }

    /** Record {@code i} of a set of labels. */
    public int label(int i) {
        return Byte.toUnsignedInt(bytes[offset + i * recordBytes]);
    }

    /** All records of a set of labels. */
    public int[] labels() {
        return IntStream.range(0, size).map(this::label).toArray();
    }
}
