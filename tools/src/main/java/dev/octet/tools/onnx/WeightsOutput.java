package dev.octet.tools.onnx;

import dev.octet.tools.onnx.file.Constant;
import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.GraphImport;
import dev.octet.tools.onnx.graph.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the weights of a network in the <a href="https://github.com/huggingface/safetensors#format">safetensors
 * format</a>, under the names that the processor looks for. Tensors are copied piece by piece.
 */
final class WeightsOutput {
    private static final int ALIGNMENT = 8;
    private static final int PIECE = 1 << 18;

    private final String source;
    private final Map<String, Constant> tensors = new TreeMap<>();

    /** The weights of a network that was made from {@code source}. */
    WeightsOutput(GraphImport graph, String source) {
        this.source = source;
        graph.values().forEach(value -> add(graph.names().name(value), value));
    }

    private void add(String name, Value value) {
        Call call = value.call();
        if (call instanceof Call.Conv conv) {
            tensors.put(name + ".weight", conv.weight());
            conv.bias().ifPresent(bias -> tensors.put(name + ".bias", bias));
        } else if (call instanceof Call.Dense dense) {
            tensors.put(name + ".weight", dense.weight());
            dense.bias().ifPresent(bias -> tensors.put(name + ".bias", bias));
        } else if (call instanceof Call.Norm norm) {
            tensors.put(name + ".weight", norm.scale());
            tensors.put(name + ".bias", norm.shift());
            tensors.put(name + ".running_mean", norm.mean());
            tensors.put(name + ".running_var", norm.variance());
        }
    }

    void write(OutputStream out) throws IOException {
        byte[] header = header().getBytes(StandardCharsets.UTF_8);
        int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .array());
        out.write(header);
        for (int i = header.length; i < padded; i++) {
            out.write(' ');
        }
        try {
            for (Constant tensor : tensors.values()) {
                int size = tensor.size();
                for (int from = 0; from < size; from += PIECE) {
                    out.write(tensor.bytes(from, Math.min(PIECE, size - from)).array());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private String header() {
        StringBuilder json = new StringBuilder("{\"__metadata__\":{\"source\":\"")
                .append(source)
                .append("\"}");
        long at = 0;
        for (Map.Entry<String, Constant> tensor : tensors.entrySet()) {
            long end = at + (long) tensor.getValue().size() * Float.BYTES;
            json.append(",\"")
                    .append(tensor.getKey())
                    .append("\":{\"dtype\":\"F32\",\"shape\":")
                    .append(tensor.getValue().dims().toString().replace(" ", ""))
                    .append(",\"data_offsets\":[")
                    .append(at)
                    .append(',')
                    .append(end)
                    .append("]}");
            at = end;
        }
        return json.append('}').toString();
    }
}
