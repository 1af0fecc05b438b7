package dev.octet.tools.onnx.file;

import java.util.List;
import java.util.Optional;

/**
 * An input or output of a model.
 *
 * @param name its name
 * @param type number of the element type in {@code TensorProto.DataType}; 0 if it is not said
 * @param dims extents, the batch first; empty if the file does not say the shape, and -1 for one that it leaves open
 */
public record ModelPort(String name, int type, Optional<List<Long>> dims) {
    /** {@code TensorProto.DataType.FLOAT}. */
    public static final int FLOAT = 1;

    public ModelPort {
        dims = dims.map(List::copyOf);
    }

    /** The shape for people: {@code [?, 3, ?, ?]}. */
    public String shape() {
        return dims.map(all -> all.stream()
                        .map(dim -> dim < 0 ? "?" : dim.toString())
                        .toList()
                        .toString())
                .orElse("[...]");
    }
}
