package dev.octet.plan.weights;

import dev.octet.plan.io.Sha256;
import dev.octet.plan.quant.QuantizedLayer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes what {@link WeightsReader} reads; {@link WeightsFile} describes the format. */
final class WeightsWriter {
    static final byte[] MAGIC = "OCTETW\0\0".getBytes(StandardCharsets.US_ASCII);
    static final int HASH_BYTES = 32;

    /** Magic, version, two hashes and the number of layers. */
    static final int HEADER_BYTES = MAGIC.length + 2 * Short.BYTES + 2 * HASH_BYTES + Integer.BYTES;

    private WeightsWriter() {}

    static byte[] write(WeightsFile file) {
        long size = HEADER_BYTES + HASH_BYTES;
        for (QuantizedLayer layer : file.layers().values()) {
            size += size(layer);
        }
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC);
        out.putShort((short) WeightsFile.VERSION.major()).putShort((short) WeightsFile.VERSION.minor());
        out.put(HexFormat.of().parseHex(file.graphHash()));
        out.put(HexFormat.of().parseHex(file.weightsHash()));
        out.putInt(file.layers().size());
        file.layers().values().forEach(layer -> write(layer, out));
        MessageDigest digest = Sha256.digest();
        digest.update(out.array(), 0, out.position());
        return out.put(digest.digest()).array();
    }

    private static long size(QuantizedLayer layer) {
        int name = layer.layer().getBytes(StandardCharsets.UTF_8).length;
        return Short.BYTES + name + 3L * Integer.BYTES + layer.weights().length + 2L * Float.BYTES * layer.out();
    }

    private static void write(QuantizedLayer layer, ByteBuffer out) {
        byte[] name = layer.layer().getBytes(StandardCharsets.UTF_8);
        if (name.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a layer's name has " + name.length + " bytes");
        }
        out.putShort((short) name.length).put(name);
        out.putInt(layer.out()).putInt(layer.taps()).putInt(layer.in());
        out.put(layer.weights());
        for (float scale : layer.scale()) {
            out.putFloat(scale);
        }
        for (float bias : layer.bias()) {
            out.putFloat(bias);
        }
    }
}
