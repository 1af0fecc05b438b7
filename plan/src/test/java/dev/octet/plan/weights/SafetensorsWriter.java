package dev.octet.plan.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Writes safetensors files, right and wrong ones. */
final class SafetensorsWriter {
    private final StringBuilder header = new StringBuilder("{\"__metadata__\":{\"source\":\"a \\u00e9\\n\"}");
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    SafetensorsWriter f32(String key, List<Integer> shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return tensor(key, "F32", shape, bytes.array());
    }

    SafetensorsWriter tensor(String key, String dtype, List<Integer> shape, byte... bytes) {
        int begin = data.size();
        data.writeBytes(bytes);
        header.append(",\"" + key + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin
                + "," + data.size() + "]}");
        return this;
    }

    /** The four tensors of a batch normalisation. */
    SafetensorsWriter norm(String layer, float[] gamma, float[] beta, float[] mean, float[] variance) {
        List<Integer> shape = List.of(gamma.length);
        return f32(layer + ".weight", shape, gamma)
                .f32(layer + ".bias", shape, beta)
                .f32(layer + ".running_mean", shape, mean)
                .f32(layer + ".running_var", shape, variance);
    }

    byte[] bytes() {
        return bytes(header + "}  ", data.toByteArray());
    }

    static byte[] bytes(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return out.putLong(json.length).put(json).put(data).array();
    }

    Safetensors open(Path folder) {
        return Safetensors.open(write(folder, bytes()));
    }

    static Path write(Path folder, byte[] bytes) {
        try {
            return Files.write(folder.resolve("w" + Math.abs(Arrays.hashCode(bytes)) + ".safetensors"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
