package dev.octet.processor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Writes safetensors files; only the header matters at compile time, so the data are zeros unless they are to be used. */
final class TestWeights {
    private final Map<String, String> entries = new TreeMap<>();
    private int bytes;
    private Optional<Random> random = Optional.empty();

    /** Adds a tensor of 4-byte elements. */
    TestWeights tensor(String key, String type, int... shape) {
        int size = 4;
        List<String> extents = new ArrayList<>();
        for (int extent : shape) {
            size *= extent;
            extents.add(String.valueOf(extent));
        }
        entries.put(
                key,
                "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                        .formatted(key, type, String.join(",", extents), bytes, bytes + size));
        bytes += size;
        return this;
    }

    /** Makes all elements random floats between -0.5 and 0.5. */
    TestWeights random(long seed) {
        random = Optional.of(new Random(seed));
        return this;
    }

    void write(Path file) throws IOException {
        byte[] header = ("{" + String.join(",", entries.values()) + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + header.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(header.length).put(header);
        random.ifPresent(numbers -> {
            while (buffer.hasRemaining()) {
                buffer.putFloat(numbers.nextFloat() - 0.5f);
            }
        });
        Files.createDirectories(file.getParent());
        Files.write(file, buffer.array());
    }
}
