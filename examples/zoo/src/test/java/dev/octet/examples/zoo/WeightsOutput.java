package dev.octet.examples.zoo;

import dev.octet.examples.zoo.TracedWeights.Weight;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes tensors in the safetensors format: 8 bytes of header length, a JSON header, the data. */
final class WeightsOutput {
    private WeightsOutput() {}

    static void write(Map<Weight, float[]> tensors, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            byte[] header = header(tensors).getBytes(StandardCharsets.UTF_8);
            out.write(littleEndian(Long.BYTES).putLong(header.length).array());
            out.write(header);
            for (float[] values : tensors.values()) {
                ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
                bytes.asFloatBuffer().put(values);
                out.write(bytes.array());
            }
        }
    }

    private static String header(Map<Weight, float[]> tensors) {
        StringBuilder json = new StringBuilder("{");
        long begin = 0;
        for (Weight weight : tensors.keySet()) {
            long end = begin + (long) weight.elements() * Float.BYTES;
            json.append(json.length() > 1 ? "," : "")
                    .append("\"" + weight.key() + "\":{\"dtype\":\"F32\",\"shape\":" + weight.shape())
                    .append(",\"data_offsets\":[" + begin + "," + end + "]}");
            begin = end;
        }
        return json.append("}").toString();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
