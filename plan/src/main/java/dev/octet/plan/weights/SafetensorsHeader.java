package dev.octet.plan.weights;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file, checked against the size of the file: the data of the tensors must fill the
 * rest of the file without holes or overlaps, and every size must follow from shape and element type.
 *
 * @param tensors tensors by key
 * @param metadata free text by key
 */
record SafetensorsHeader(SortedMap<String, TensorInfo> tensors, SortedMap<String, String> metadata) {
    private static final String METADATA = "__metadata__";

    /** Bytes per element of the types whose size is a whole number of bytes. */
    private static final Map<String, Integer> SIZES = Map.ofEntries(
            Map.entry("BOOL", 1),
            Map.entry("U8", 1),
            Map.entry("I8", 1),
            Map.entry("F8_E5M2", 1),
            Map.entry("F8_E4M3", 1),
            Map.entry("F8_E8M0", 1),
            Map.entry("I16", 2),
            Map.entry("U16", 2),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I32", 4),
            Map.entry("U32", 4),
            Map.entry("F32", 4),
            Map.entry("F64", 8),
            Map.entry("I64", 8),
            Map.entry("U64", 8),
            Map.entry("C64", 8));

    SafetensorsHeader {
        tensors = Collections.unmodifiableSortedMap(tensors);
        metadata = Collections.unmodifiableSortedMap(metadata);
    }

    /**
     * Parses a header. Violations throw {@link IllegalArgumentException} or {@link ArithmeticException}.
     *
     * @param json the header
     * @param dataStart position of the data in the file
     * @param fileSize size of the file
     */
    static SafetensorsHeader parse(String json, long dataStart, long fileSize) {
        SortedMap<String, TensorInfo> tensors = new TreeMap<>();
        SortedMap<String, String> metadata = new TreeMap<>();
        HeaderJson in = new HeaderJson(json);
        in.object(key -> {
            if (key.equals(METADATA)) {
                in.object(name -> metadata.put(name, in.string()));
            } else {
                tensors.put(key, tensor(in, key, dataStart));
            }
        });
        in.end();
        tensors.forEach(SafetensorsHeader::requireSize);
        requireContiguous(tensors, dataStart, fileSize);
        return new SafetensorsHeader(tensors, metadata);
    }

    private static TensorInfo tensor(HeaderJson in, String key, long dataStart) {
        Entry entry = new Entry();
        in.object(field -> {
            switch (field) {
                case "dtype" -> entry.dtype = in.key();
                case "shape" -> entry.shape = in.integers();
                case "data_offsets" -> entry.offsets = in.integers();
                default -> throw new IllegalArgumentException("tensor '" + key + "' has an unknown field " + field);
            }
        });
        if (entry.dtype == null || entry.shape == null || entry.offsets == null || entry.offsets.size() != 2) {
            throw new IllegalArgumentException("tensor '" + key + "' lacks dtype, shape or two data_offsets");
        }
        long begin = entry.offsets.get(0);
        long end = entry.offsets.get(1);
        if (end < begin) {
            throw new IllegalArgumentException("tensor '" + key + "' ends before it begins: " + entry.offsets);
        }
        List<Integer> shape = entry.shape.stream().map(Math::toIntExact).toList();
        return new TensorInfo(entry.dtype, shape, dataStart + begin, end - begin);
    }

    private static void requireSize(String key, TensorInfo tensor) {
        Integer size = SIZES.get(tensor.dtype());
        if (size != null && Math.multiplyExact(tensor.elements(), (long) size) != tensor.bytes()) {
            throw new IllegalArgumentException("tensor '" + key + "' of " + tensor.dtype() + " " + tensor.shape()
                    + " has " + tensor.bytes() + " bytes");
        }
    }

    private static void requireContiguous(Map<String, TensorInfo> tensors, long dataStart, long fileSize) {
        long next = dataStart;
        List<Map.Entry<String, TensorInfo>> byPosition = tensors.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, TensorInfo> e) ->
                                e.getValue().offset())
                        .thenComparingLong(e -> e.getValue().bytes()))
                .toList();
        for (Map.Entry<String, TensorInfo> entry : byPosition) {
            TensorInfo tensor = entry.getValue();
            if (tensor.offset() != next) {
                String what = tensor.offset() < next ? "overlaps another" : "leaves a hole before it";
                throw new IllegalArgumentException("tensor '" + entry.getKey() + "' " + what);
            }
            next += tensor.bytes();
            if (next > fileSize) {
                throw new IllegalArgumentException(
                        "tensor '" + entry.getKey() + "' ends at byte " + next + ", but the file has " + fileSize);
            }
        }
        if (next != fileSize) {
            throw new IllegalArgumentException("the tensors end at byte " + next + ", but the file has " + fileSize);
        }
    }

    /** Fields of a tensor while they are read; null where not yet seen. */
    private static final class Entry {
        private String dtype;
        private List<Long> shape;
        private List<Long> offsets;
    }
}
