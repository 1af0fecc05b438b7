package dev.octet.runtime;

import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes safetensors files with seeded values for all tensors that a graph needs. */
final class TensorFile {
    private final SortedMap<String, Constant.Tensor> tensors = new TreeMap<>();

    private TensorFile(Graph graph) {
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Conv2d) {
                Op.Conv2d conv = (Op.Conv2d) node.op();
                add(conv.weight());
                conv.bias().ifPresent(this::add);
            }
            if (node.op() instanceof Op.Dense dense) {
                add(dense.weight());
                dense.bias().ifPresent(this::add);
            }
        }
    }

    /** Writes the tensors of a float graph. */
    static Path write(Graph fp32, long seed, Path file) {
        try {
            return Files.write(file, new TensorFile(fp32).bytes(new Random(seed)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Constant constant) {
        if (constant instanceof Constant.Tensor tensor) {
            tensors.put(tensor.key(), tensor);
        } else if (constant instanceof Constant.ScaledRows scaled) {
            add(scaled.weight());
            scaled.norm().tensors().forEach(this::add);
        } else if (constant instanceof Constant.ShiftedBias shifted) {
            Optional<Constant> bias = shifted.bias();
            bias.ifPresent(this::add);
        }
    }

    private static int elements(Constant.Tensor tensor) {
        return tensor.shape().stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }

    private byte[] bytes(Random random) {
        StringBuilder header = new StringBuilder("{");
        int end = 0;
        for (Map.Entry<String, Constant.Tensor> entry : tensors.entrySet()) {
            int start = end;
            end += elements(entry.getValue()) * Float.BYTES;
            header.append(header.length() > 1 ? "," : "")
                    .append('"')
                    .append(entry.getKey())
                    .append("\":{\"dtype\":\"F32\",\"shape\":")
                    .append(entry.getValue().shape())
                    .append(",\"data_offsets\":[" + start + "," + end + "]}");
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        tensors.forEach((key, tensor) -> values(random, key, tensor, file));
        return file.array();
    }

    /** Variances are positive; weights shrink with their number, so that activations stay near one. */
    private static void values(Random random, String key, Constant.Tensor tensor, ByteBuffer file) {
        int count = elements(tensor);
        int fan = count / tensor.shape().get(0);
        for (int i = 0; i < count; i++) {
            float value = random.nextFloat();
            boolean weight = tensor.shape().size() > 1;
            file.putFloat(
                    key.endsWith("running_var")
                            ? 0.5f + value
                            : weight ? (value - 0.5f) * 3 / (float) Math.sqrt(fan) : value - 0.4f);
        }
    }
}
