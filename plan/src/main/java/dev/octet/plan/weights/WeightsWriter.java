package dev.octet.plan.weights;

import dev.octet.plan.io.Sha256;
import dev.octet.plan.quant.FloatLayer;
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
        size += Integer.BYTES;
        for (FloatLayer layer : file.floats().values()) {
            size += headerSize(layer.layer()) + (long) Float.BYTES * (layer.weights().length + layer.out());
        }
        size += file.tableHash().isPresent() ? 1 + HASH_BYTES : 1;
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC);
        out.putShort((short) WeightsFile.VERSION.major()).putShort((short) WeightsFile.VERSION.minor());
        out.put(HexFormat.of().parseHex(file.graphHash()));
        out.put(HexFormat.of().parseHex(file.weightsHash()));
        out.putInt(file.layers().size());
        file.layers().values().forEach(layer -> write(layer, out));
        out.putInt(file.floats().size());
        file.floats().values().forEach(layer -> write(layer, out));
        out.put((byte) (file.tableHash().isPresent() ? 1 : 0));
        file.tableHash().ifPresent(hash -> out.put(HexFormat.of().parseHex(hash)));
        MessageDigest digest = Sha256.digest();
        digest.update(out.array(), 0, out.position());
        return out.put(digest.digest()).array();
    }

    private static long size(QuantizedLayer layer) {
        return headerSize(layer.layer()) + layer.weights().length + 2L * Float.BYTES * layer.out();
    }

    private static long headerSize(String layer) {
        return Short.BYTES + layer.getBytes(StandardCharsets.UTF_8).length + 3L * Integer.BYTES;
    }

    private static void write(QuantizedLayer layer, ByteBuffer out) {
        writeHeader(layer.layer(), out);
        out.putInt(layer.out()).putInt(layer.taps()).putInt(layer.in());
        out.put(layer.weights());
        write(layer.scale(), out);
        write(layer.bias(), out);
    }

    private static void write(FloatLayer layer, ByteBuffer out) {
        writeHeader(layer.layer(), out);
        out.putInt(layer.out()).putInt(layer.taps()).putInt(layer.in());
        write(layer.weights(), out);
        write(layer.bias(), out);
    }

    private static void writeHeader(String layer, ByteBuffer out) {
        byte[] name = layer.getBytes(StandardCharsets.UTF_8);
        if (name.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a layer's name has " + name.length + " bytes");
        }
        out.putShort((short) name.length).put(name);
    }

    private static void write(float[] values, ByteBuffer out) {
        for (float value : values) {
            out.putFloat(value);
        }
    }
}
