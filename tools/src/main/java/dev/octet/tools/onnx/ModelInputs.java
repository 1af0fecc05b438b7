package dev.octet.tools.onnx;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.onnx.file.Model;
import dev.octet.tools.onnx.file.ModelNode;
import dev.octet.tools.onnx.file.ModelPort;
import dev.octet.tools.onnx.file.ModelText;
import dev.octet.tools.onnx.graph.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The inputs of a model: their shapes, of the file and of the options, and which is an image. */
final class ModelInputs {
    private static final List<Long> TO_CHANNELS_FIRST = List.of(0L, 3L, 1L, 2L);

    private final ImportOptions options;
    private final Model model;
    private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    private final Set<String> channelsLast = new TreeSet<>();
    private int batch = -1;

    ModelInputs(ImportOptions options, Model model) {
        this.options = options;
        this.model = model;
        requireKnown();
        model.inputs().forEach(this::add);
    }

    private void requireKnown() {
        List<String> names = model.inputs().stream().map(ModelPort::name).toList();
        for (String name : new TreeSet<>(options.shapes().keySet())) {
            if (!names.contains(name) && !(name.isEmpty() && names.size() == 1)) {
                throw new OctetException(
                        OnnxCode.UNKNOWN_INPUT,
                        "shape",
                        name,
                        options.model(),
                        names.stream().map(ModelText::plain).toList(),
                        OnnxImport.near(name, names));
            }
        }
    }

    private void add(ModelPort port) {
        List<Long> dims = port.dims().orElse(List.of());
        List<Integer> said =
                options.shapes().getOrDefault(port.name(), options.shapes().get(""));
        boolean rank = dims.size() == 4 || dims.size() == 2 || dims.isEmpty() && said != null;
        if (!rank || port.type() != ModelPort.FLOAT && port.type() != 0) {
            throw refused(port, "it is not of floats [N, channels, height, width] or [N, features]");
        }
        if (isTransposed(port, dims)) {
            channelsLast.add(port.name());
        }
        if (shapes.containsKey(port.name())) {
            throw refused(port, "there are two inputs of this name");
        }
        batch(port, dims);
        shapes.put(port.name(), shape(port, ordered(port, dims), said));
    }

    private OctetException refused(ModelPort port, String reason) {
        return new OctetException(
                OnnxCode.INPUT_SHAPE,
                ModelText.plain(port.name()),
                options.model(),
                port.shape(),
                reason,
                ModelText.plain(port.name()));
    }

    private boolean isTransposed(ModelPort port, List<Long> dims) {
        List<ModelNode> users = model.nodes().stream()
                .filter(node -> node.inputs().contains(port.name()))
                .toList();
        return dims.size() == 4
                && !users.isEmpty()
                && users.stream()
                        .allMatch(node -> node.operator().equals("Transpose")
                                && node.integers("perm", List.of()).equals(TO_CHANNELS_FIRST));
    }

    private List<Long> ordered(ModelPort port, List<Long> dims) {
        return channelsLast.contains(port.name()) ? List.of(dims.get(0), dims.get(3), dims.get(1), dims.get(2)) : dims;
    }

    private void batch(ModelPort port, List<Long> dims) {
        long own = dims.isEmpty() || dims.get(0) < 0 ? 1 : dims.get(0);
        if (own > 1 << 16 || batch >= 0 && own != batch) {
            throw refused(port, "its batch is " + own + (batch < 0 ? "" : ", that of another input " + batch));
        }
        batch = (int) own;
    }

    private List<Integer> shape(ModelPort port, List<Long> dims, List<Integer> said) {
        List<Integer> shape = new ArrayList<>();
        for (int i = 1; i < dims.size(); i++) {
            long dim = dims.get(i);
            if (dim > Integer.MAX_VALUE) {
                throw refused(port, "it is too large");
            } else if (said == null && dim < 0) {
                throw refused(port, "an extent is open");
            } else if (said != null && (said.size() != dims.size() - 1 || dim >= 0 && dim != said.get(i - 1))) {
                throw OptionText.wrong(
                        "shape", said, "input '" + ModelText.plain(port.name()) + "' of the model has " + port.shape());
            }
            shape.add(said == null ? (int) dim : said.get(i - 1));
        }
        return dims.isEmpty() ? said : shape;
    }

    /** What the model's shapes take the batch for. */
    int batch() {
        return Math.max(1, batch);
    }

    /** Shapes without the batch, by name. */
    Map<String, List<Integer>> shapes() {
        return shapes;
    }

    /** Inputs that the model wants in (row, column, channel) order, and reorders at once. */
    Set<String> channelsLast() {
        return channelsLast;
    }

    /** The input that is an image of bytes. */
    Optional<String> image() {
        if (options.image().isEmpty()) {
            return Optional.empty();
        }
        int channels = options.image().get().channels();
        List<String> images = shapes.entrySet().stream()
                .filter(entry ->
                        entry.getValue().size() == 3 && entry.getValue().get(0) == channels)
                .map(Map.Entry::getKey)
                .toList();
        if (images.size() != 1) {
            throw OptionText.wrong(
                    "image",
                    options.image().get().order(),
                    images.size() + " inputs of the model have " + channels + " channels, height and width");
        }
        return Optional.of(images.get(0));
    }

    /** What a reader of the class should know. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (String name : channelsLast) {
            if (options.image().isEmpty()) {
                remarks.add("<p>Input {@code " + Names.sanitised(name, "input")
                        + "} is in (channel, row, column) order here, in the model channels come last.");
            }
        }
        return remarks;
    }
}
