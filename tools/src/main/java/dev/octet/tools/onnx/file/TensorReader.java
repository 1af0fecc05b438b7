package dev.octet.tools.onnx.file;

import dev.octet.tools.onnx.file.Constant.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code TensorProto} messages: what they say of a tensor, and where its elements are. */
final class TensorReader {
    private static final int MOST_DIMS = 16;
    private static final int EXTERNAL = 1;
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "FLOAT"),
            Map.entry(2, "UINT8"),
            Map.entry(3, "INT8"),
            Map.entry(4, "UINT16"),
            Map.entry(5, "INT16"),
            Map.entry(6, "INT32"),
            Map.entry(7, "INT64"),
            Map.entry(8, "STRING"),
            Map.entry(9, "BOOL"),
            Map.entry(10, "FLOAT16"),
            Map.entry(11, "DOUBLE"),
            Map.entry(12, "UINT32"),
            Map.entry(13, "UINT64"),
            Map.entry(16, "BFLOAT16"));
    /** Bytes of an element where it is raw, of the types that are read. */
    private static final Map<String, Integer> WIDTHS = Map.of("FLOAT", 4, "INT32", 4, "INT64", 8, "BOOL", 1);

    private final ExternalFiles external;

    TensorReader(ExternalFiles external) {
        this.external = external;
    }

    /** A tensor and its name. */
    record Named(String name, Constant constant) {}

    /** Fields of a tensor while they are read. */
    private static final class Fields {
        private String name = "";
        private int type;
        private final LongList dims = new LongList();
        private final LongList decimals = new LongList();
        private Stored packedDecimals;
        private final LongList integers = new LongList();
        private Stored raw;
        private boolean isExternal;
        private final Map<String, String> location = new TreeMap<>();
    }

    /** Reads a tensor; {@link IllegalArgumentException} if its parts contradict each other. */
    Named read(ProtoCursor message) {
        Fields fields = new Fields();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> message.integers(fields.dims);
                case 2 -> fields.type = (int) message.number();
                case 3 -> throw new IllegalArgumentException("a tensor is divided into segments");
                case 4 -> decimals(message, fields);
                case 5, 7 -> message.integers(fields.integers);
                case 8 -> fields.name = message.text();
                case 9 -> fields.raw = message.block();
                case 13 -> entry(message.message(), fields.location);
                case 14 -> fields.isExternal = message.number() == EXTERNAL;
                default -> {}
            }
        }
        return new Named(fields.name, constant(fields));
    }

    /** Packed, the numbers of a weight may be large, and lie in the file as they would if they were raw. */
    private static void decimals(ProtoCursor message, Fields fields) {
        if (message.isBlock() && fields.packedDecimals == null && fields.decimals.size() == 0) {
            fields.packedDecimals = message.block();
        } else {
            message.decimals(fields.decimals);
        }
    }

    private static void entry(ProtoCursor message, Map<String, String> entries) {
        String key = "";
        String value = "";
        while (message.next()) {
            switch (message.field()) {
                case 1 -> key = message.text();
                case 2 -> value = message.text();
                default -> {}
            }
        }
        entries.put(key, value);
    }

    private Constant constant(Fields fields) {
        String type = NAMES.getOrDefault(fields.type, "type " + fields.type);
        List<Integer> dims = dims(fields);
        if (!WIDTHS.containsKey(type)) {
            return new Constant(type, Kind.OTHER, dims, null);
        }
        Kind kind = type.equals("FLOAT") ? Kind.FLOAT : Kind.INTEGER;
        int count = Constant.count(dims);
        long bytes = (long) count * WIDTHS.get(type);
        Stored stored = stored(fields, bytes);
        if (stored != null) {
            if (stored.length() != bytes) {
                throw new IllegalArgumentException(
                        "tensor '" + fields.name + "' of " + type + " " + dims + " has " + stored.length() + " bytes");
            }
            return new Constant(type, kind, dims, new StoredElements(stored, WIDTHS.get(type)));
        }
        LongList values = kind == Kind.FLOAT ? fields.decimals : fields.integers;
        if (values.size() != count) {
            throw new IllegalArgumentException(
                    "tensor '" + fields.name + "' of " + type + " " + dims + " has " + values.size() + " elements");
        }
        return kind == Kind.FLOAT ? floats(dims, values) : Constant.of(dims, values.toArray());
    }

    private static Constant floats(List<Integer> dims, LongList bits) {
        long[] all = bits.toArray();
        float[] values = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = Float.intBitsToFloat((int) all[i]);
        }
        return Constant.of(dims, values);
    }

    private static List<Integer> dims(Fields fields) {
        if (fields.dims.size() > MOST_DIMS) {
            throw new IllegalArgumentException("tensor '" + fields.name + "' has " + fields.dims.size() + " extents");
        }
        List<Integer> dims = new ArrayList<>();
        for (long dim : fields.dims.toArray()) {
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("tensor '" + fields.name + "' has an extent of " + dim);
            }
            dims.add((int) dim);
        }
        return dims;
    }

    private Stored stored(Fields fields, long bytes) {
        if (fields.isExternal) {
            return external.find(fields.name, fields.location.getOrDefault("location", ""), offset(fields), bytes);
        } else if (fields.raw != null) {
            return fields.raw;
        } else if (fields.packedDecimals != null && fields.decimals.size() == 0) {
            return fields.packedDecimals;
        }
        return null;
    }

    private static long offset(Fields fields) {
        String offset = fields.location.getOrDefault("offset", "0");
        if (!offset.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("tensor '" + fields.name + "' begins at byte \"" + offset + "\"");
        }
        return Long.parseLong(offset);
    }

    /** Elements that lie in a file, little-endian. */
    private record StoredElements(Stored stored, int width) implements Constant.Elements {
        @Override
        public float[] floats() {
            float[] values = new float[(int) (stored.length() / Float.BYTES)];
            stored.read().asFloatBuffer().get(values);
            return values;
        }

        @Override
        public long[] integers() {
            long[] values = new long[(int) (stored.length() / width)];
            ByteBuffer in = stored.read().order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (width) {
                    case 1 -> in.get();
                    case 4 -> in.getInt();
                    default -> in.getLong();
                };
            }
            return values;
        }

        @Override
        public ByteBuffer bytes(int first, int count) {
            return stored.read((long) first * Float.BYTES, count * Float.BYTES);
        }
    }
}
