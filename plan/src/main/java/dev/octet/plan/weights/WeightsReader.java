package dev.octet.plan.weights;

import dev.octet.plan.Version;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.ForeignContent;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what {@link WeightsWriter} writes. No array is made before the file is known to hold its elements. */
final class WeightsReader {
    private final byte[] bytes;
    private final String name;
    private final ByteBuffer in;

    WeightsReader(byte[] bytes, String name) {
        this.bytes = bytes;
        this.name = name;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    WeightsFile read() {
        try {
            return parse();
        } catch (BufferUnderflowException | CharacterCodingException e) {
            throw new OctetException(e, WeightsCode.DAMAGED, name, "it ends too early, or a name is not UTF-8");
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new OctetException(e, WeightsCode.DAMAGED, name, e.getMessage());
        }
    }

    private WeightsFile parse() throws CharacterCodingException {
        int magic = WeightsWriter.MAGIC.length;
        if (!Arrays.equals(bytes, 0, Math.min(bytes.length, magic), WeightsWriter.MAGIC, 0, magic)) {
            String found = ForeignContent.describe(bytes).orElse("it starts with other bytes");
            throw new IllegalArgumentException(bytes.length == 0 ? "it is empty" : found);
        }
        require(bytes.length >= WeightsWriter.HEADER_BYTES + WeightsWriter.HASH_BYTES, "it is too short");
        in.position(magic);
        Version version = new Version(in.getShort(), in.getShort());
        if (version.major() != WeightsFile.VERSION.major()) {
            throw new OctetException(WeightsCode.VERSION, name, version, WeightsFile.VERSION);
        }
        requireDigest();
        String graphHash = hash();
        String weightsHash = hash();
        SortedMap<String, QuantizedLayer> layers = layers(QuantizedLayer::layer, this::layer);
        SortedMap<String, FloatLayer> floats =
                version.minor() == 0 ? new TreeMap<>() : layers(FloatLayer::layer, this::floatLayer);
        Optional<String> table = version.minor() < 2 ? Optional.empty() : table();
        require(
                !in.hasRemaining() || version.minor() > WeightsFile.VERSION.minor(),
                in.remaining() + " bytes follow the last layer");
        return new WeightsFile(graphHash, weightsHash, layers, floats, table);
    }

    private Optional<String> table() {
        byte present = in.get();
        require(present == 0 || present == 1, "it has mark " + present + " in place of 0 or 1");
        return present == 0 ? Optional.empty() : Optional.of(hash());
    }

    private void requireDigest() {
        int end = bytes.length - WeightsWriter.HASH_BYTES;
        MessageDigest digest = Sha256.digest();
        digest.update(bytes, 0, end);
        require(
                MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(bytes, end, bytes.length)),
                "its checksum is wrong");
        in.limit(end);
    }

    /** Reads a layer behind its name. */
    @FunctionalInterface
    private interface Layer<T> {
        T read(String name, int out, int taps, int in);
    }

    private <T> SortedMap<String, T> layers(Function<T, String> nameOf, Layer<T> reader)
            throws CharacterCodingException {
        int count = in.getInt();
        require(count >= 0, count + " layers");
        SortedMap<String, T> layers = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            T layer = layer(reader);
            String found = nameOf.apply(layer);
            require(layers.isEmpty() || layers.lastKey().compareTo(found) < 0, "layer " + found + " is out of order");
            layers.put(found, layer);
        }
        return layers;
    }

    private <T> T layer(Layer<T> reader) throws CharacterCodingException {
        String layer = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(in.getShort())))
                .toString();
        int out = in.getInt();
        int taps = in.getInt();
        int channels = in.getInt();
        require(out > 0 && taps > 0 && channels > 0, "layer " + layer + " has a size that is not positive");
        return reader.read(layer, out, taps, channels);
    }

    private QuantizedLayer layer(String name, int out, int taps, int channels) {
        byte[] weights = bytes(Math.multiplyExact(Math.multiplyExact(out, taps), channels));
        return new QuantizedLayer(name, out, taps, channels, weights, floats(out), floats(out));
    }

    private FloatLayer floatLayer(String name, int out, int taps, int channels) {
        float[] weights = floats(Math.multiplyExact(Math.multiplyExact(out, taps), channels));
        return new FloatLayer(name, out, taps, channels, weights, floats(out));
    }

    private String hash() {
        return HexFormat.of().formatHex(bytes(WeightsWriter.HASH_BYTES));
    }

    private byte[] bytes(int count) {
        require(count >= 0 && count <= in.remaining(), "it ends too early");
        byte[] result = new byte[count];
        in.get(result);
        return result;
    }

    private float[] floats(int count) {
        require(count <= in.remaining() / Float.BYTES, "it ends too early");
        float[] result = new float[count];
        for (int i = 0; i < count; i++) {
            result[i] = in.getFloat();
        }
        return result;
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }
}
