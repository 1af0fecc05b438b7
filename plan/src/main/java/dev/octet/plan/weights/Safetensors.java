package dev.octet.plan.weights;

import dev.octet.plan.diag.NearNames;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.ForeignContent;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A file in the <a href="https://github.com/huggingface/safetensors#format">safetensors format</a>: 8 bytes of header
 * length, little-endian, a JSON header, and the raw little-endian data of the tensors. Only the header is held in memory.
 */
public final class Safetensors {
    private static final int LENGTH_BYTES = 8;
    private static final int MAX_HEADER_BYTES = 1 << 24;
    private static final byte[] LFS_MAGIC = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

    private final Path path;
    private final SafetensorsHeader header;

    private Safetensors(Path path, SafetensorsHeader header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Reads and checks the header of a file.
     *
     * @throws OctetException {@link WeightsCode#UNREADABLE}, {@link WeightsCode#LFS_POINTER} or
     *     {@link WeightsCode#MALFORMED}, also if the header is larger than 16 MiB
     */
    public static Safetensors open(Path path) {
        try (FileChannel file = FileChannel.open(path)) {
            return new Safetensors(path, checkedHeader(path, file));
        } catch (IOException e) {
            throw new OctetException(e, WeightsCode.UNREADABLE, path, StoredFiles.reason(path, e));
        }
    }

    private static SafetensorsHeader checkedHeader(Path path, FileChannel file) throws IOException {
        try {
            return header(path, file);
        } catch (CharacterCodingException e) {
            throw malformed(e, path, file, "the header is not UTF-8");
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw malformed(e, path, file, e.getMessage());
        }
    }

    /** Says what the file is instead, if its first bytes tell. */
    private static OctetException malformed(Exception e, Path path, FileChannel file, String complaint)
            throws IOException {
        byte[] start = bytes(file, 0, (int) Math.min(file.size(), ForeignContent.LOOKED_AT));
        boolean hasHeader = start.length > LENGTH_BYTES && start[LENGTH_BYTES] == '{';
        Optional<String> foreign = hasHeader ? Optional.empty() : ForeignContent.describe(start);
        return new OctetException(e, WeightsCode.MALFORMED, path, foreign.orElse(complaint));
    }

    private static SafetensorsHeader header(Path path, FileChannel file) throws IOException {
        long size = file.size();
        byte[] start = bytes(file, 0, (int) Math.min(size, LFS_MAGIC.length));
        if (Arrays.equals(start, LFS_MAGIC)) {
            throw new OctetException(WeightsCode.LFS_POINTER, path);
        }
        if (size < LENGTH_BYTES) {
            throw new IllegalArgumentException(size == 0 ? "it is empty" : "it has only " + size + " bytes");
        }
        long length = littleEndian(start).getLong();
        if (length < 0 || length > size - LENGTH_BYTES) {
            throw new IllegalArgumentException(
                    "its header should have " + Long.toUnsignedString(length) + " bytes, the file has " + size);
        }
        if (length > MAX_HEADER_BYTES) {
            throw new IllegalArgumentException("its header of " + length + " bytes exceeds " + MAX_HEADER_BYTES);
        }
        ByteBuffer json = ByteBuffer.wrap(bytes(file, LENGTH_BYTES, (int) length));
        String text = StandardCharsets.UTF_8.newDecoder().decode(json).toString();
        return SafetensorsHeader.parse(text, LENGTH_BYTES + length, size);
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Tensors by key. */
    public SortedMap<String, TensorInfo> tensors() {
        return header.tensors();
    }

    /** Free text that came with the weights. */
    public SortedMap<String, String> metadata() {
        return header.metadata();
    }

    /** Description of a tensor; {@link WeightsCode#MISSING} with near matches if there is none. */
    public TensorInfo tensor(String key) {
        TensorInfo tensor = tensors().get(key);
        if (tensor == null) {
            String suggestion = NearNames.suggestion(key, tensors().keySet());
            throw new OctetException(WeightsCode.MISSING, path, key, suggestion);
        }
        return tensor;
    }

    /**
     * Reads a tensor of F32, or of F16 or BF16, which floats represent exactly.
     *
     * @throws OctetException {@link WeightsCode#MISSING}, {@link WeightsCode#DTYPE} or {@link WeightsCode#UNREADABLE}
     */
    public float[] read(String key) {
        TensorInfo tensor = tensor(key);
        FloatDecoder decoder = FloatDecoder.of(tensor.dtype())
                .orElseThrow(() -> new OctetException(WeightsCode.DTYPE, path, key, tensor.dtype()));
        if (tensor.bytes() > Integer.MAX_VALUE - LENGTH_BYTES) {
            throw new OctetException(WeightsCode.MALFORMED, path, "tensor '" + key + "' is larger than 2 GiB");
        }
        try (FileChannel file = FileChannel.open(path)) {
            return decoder.decode(littleEndian(bytes(file, tensor.offset(), (int) tensor.bytes())));
        } catch (IOException e) {
            throw new OctetException(e, WeightsCode.UNREADABLE, path, StoredFiles.reason(path, e));
        }
    }

    /** SHA-256 of the whole file in hexadecimal; reads it each time. */
    public String sha256() {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(path)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new OctetException(e, WeightsCode.UNREADABLE, path, StoredFiles.reason(path, e));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] bytes(FileChannel file, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("it ended at byte " + (position + buffer.position()));
            }
        }
        return buffer.array();
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
