package dev.octet.tools.init;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Weights of the small network that a new project begins with, as a safetensors file: normal random numbers of variance
 * {@code 2 / inputs}, with which values keep their magnitude behind a ReLU, and biases of zero. The same on every run.
 */
final class SmallWeights {
    private static final long SEED = 1;

    private SmallWeights() {}

    static byte[] safetensors() {
        Map<String, List<Integer>> tensors = new LinkedHashMap<>();
        layer(tensors, "conv1", 16, 1, 3, 3);
        layer(tensors, "conv2", 32, 16, 3, 3);
        layer(tensors, "fc", 10, 32);
        int bytes = Float.BYTES
                * tensors.values().stream().mapToInt(SmallWeights::elements).sum();
        byte[] header = header(tensors).getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + header.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(header.length).put(header);
        Random random = new Random(SEED);
        tensors.values().forEach(shape -> put(shape, random, out));
        return out.array();
    }

    private static void layer(Map<String, List<Integer>> tensors, String name, Integer... weight) {
        tensors.put(name + ".weight", List.of(weight));
        tensors.put(name + ".bias", List.of(weight[0]));
    }

    private static int elements(List<Integer> shape) {
        return shape.stream().reduce(1, (a, b) -> a * b);
    }

    private static String header(Map<String, List<Integer>> tensors) {
        int[] at = {0};
        return tensors.entrySet().stream()
                .map(tensor -> {
                    int from = at[0];
                    at[0] += Float.BYTES * elements(tensor.getValue());
                    return "\"" + tensor.getKey() + "\":{\"dtype\":\"F32\",\"shape\":" + tensor.getValue()
                            + ",\"data_offsets\":[" + from + "," + at[0] + "]}";
                })
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void put(List<Integer> shape, Random random, ByteBuffer out) {
        int elements = elements(shape);
        double deviation = shape.size() == 1 ? 0 : Math.sqrt(2.0 * shape.get(0) / elements);
        for (int i = 0; i < elements; i++) {
            out.putFloat((float) (deviation * random.nextGaussian()));
        }
    }
}
