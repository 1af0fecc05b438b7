package dev.octet.tools.onnx;

import dev.octet.dsl.DslException;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.diag.NearNames;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.tools.onnx.file.Model;
import dev.octet.tools.onnx.file.ModelPort;
import dev.octet.tools.onnx.file.ModelText;
import dev.octet.tools.onnx.file.OnnxFile;
import dev.octet.tools.onnx.graph.GraphImport;
import dev.octet.tools.onnx.graph.Names;
import dev.octet.tools.onnx.graph.Replay;
import dev.octet.tools.onnx.graph.Unsupported;
import dev.octet.tools.onnx.source.ClassHead;
import dev.octet.tools.onnx.source.ClassHead.Port;
import dev.octet.tools.onnx.source.ClassSource;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Imports an ONNX model: writes a class that defines the same network, and its weights. The class is written for people to
 * go on from; nothing reads the model again.
 */
public final class OnnxImport {
    /** Versions of ONNX's operators that are known. */
    private static final int OLDEST = 9;

    private static final int NEWEST = 21;
    private static final int MOST_LISTED = 1000;

    private final ImportOptions options;
    private final Model model;
    private final Set<String> portNames = new HashSet<>();

    private OnnxImport(ImportOptions options, Model model) {
        this.options = options;
        this.model = model;
    }

    /**
     * What an import made.
     *
     * @param source the class's file
     * @param weights the weights' file
     * @param nodes nodes of the model
     * @param values values of the definition
     */
    public record Result(Path source, Path weights, int nodes, int values) {
        /**
         * What to tell the user, a line each.
         *
         * @param display how paths are written
         */
        public List<String> lines(Function<Path, String> display) {
            return List.of(
                    nodes + (nodes == 1 ? " node" : " nodes") + " -> " + display.apply(source),
                    "weights -> " + display.apply(weights));
        }
    }

    /**
     * Imports a model and writes both files, or none.
     *
     * @throws OctetException one of {@link OnnxCode}, or a file that cannot be written
     */
    public static Result run(ImportOptions options) {
        try (OnnxFile file = OnnxFile.open(options.model())) {
            return new OnnxImport(options, file.model()).run();
        } catch (UncheckedIOException e) {
            String reason = StoredFiles.reason(options.model(), e.getCause());
            throw new OctetException(e, OnnxCode.UNREADABLE, options.model(), reason);
        }
    }

    private Result run() {
        if (model.opset() < OLDEST || model.opset() > NEWEST) {
            throw new OctetException(OnnxCode.OPSET, options.model(), model.opset(), OLDEST, NEWEST);
        }
        if (model.inputs().isEmpty() || model.outputs().isEmpty()) {
            throw new OctetException(OnnxCode.MALFORMED, options.model(), "it has no inputs, or no outputs");
        }
        ModelInputs inputs = new ModelInputs(options, model);
        List<Port> in = inputPorts(inputs);
        Map<String, String> outNames = outputNames();
        GraphImport graph = graph(inputs, in, outNames);
        requireSupported(graph);
        List<Port> out = new ArrayList<>();
        graph.network()
                .outputs()
                .forEach((name, value) -> out.add(new Port(name, outNames.get(name), value.shape(), Optional.empty())));
        requireDefinition(graph, in, out);
        String origin = options.weightsName().replaceFirst("\\.safetensors$", ".onnx");
        ClassHead head = new ClassHead(
                options.packageName(),
                options.simpleName(),
                origin(origin),
                inputs.remarks(),
                options.weightsName(),
                options.maxBatch(),
                in,
                out);
        byte[] source = ClassSource.of(head, graph).getBytes(StandardCharsets.UTF_8);
        new ImportedFiles(options).write(source, new WeightsOutput(graph, origin));
        return new Result(
                options.sourceFile(),
                options.weightsFile(),
                model.nodes().size(),
                graph.values().size());
    }

    private String origin(String file) {
        String producer = model.producer().replaceAll("[^A-Za-z0-9 ._-]", "").strip();
        return "Imported from {@code " + file + "}" + (producer.isEmpty() ? "" : ", which " + producer + " made") + ".";
    }

    private GraphImport graph(ModelInputs inputs, List<Port> in, Map<String, String> out) {
        Map<String, String> names = new LinkedHashMap<>();
        in.forEach(port -> names.put(port.model(), port.name()));
        try {
            return GraphImport.of(model, inputs.batch(), inputs.shapes(), inputs.channelsLast(), names, out.values());
        } catch (IllegalArgumentException e) {
            throw new OctetException(e, OnnxCode.MALFORMED, options.model(), ModelText.plain(e.getMessage()));
        }
    }

    /** The model's name, if people can read it in Java. */
    private String portName(String name, String otherwise) {
        String plain = Names.sanitised(name, otherwise);
        String wanted = plain.matches("[A-Za-z][A-Za-z0-9_]*") ? plain : otherwise;
        String unique = wanted;
        for (int i = 2; !portNames.add(unique); i++) {
            unique = wanted + "_" + i;
        }
        return unique;
    }

    private List<Port> inputPorts(ModelInputs inputs) {
        List<Port> ports = new ArrayList<>();
        Optional<String> image = inputs.image();
        for (ModelPort port : model.inputs()) {
            ports.add(new Port(
                    port.name(),
                    portName(port.name(), "input"),
                    inputs.shapes().get(port.name()),
                    image.filter(port.name()::equals)
                            .flatMap(name -> options.image().map(ImageOption::port))));
        }
        return ports;
    }

    private Map<String, String> outputNames() {
        Map<String, String> names = new LinkedHashMap<>();
        for (ModelPort port : model.outputs()) {
            if (names.containsKey(port.name())) {
                throw new OctetException(
                        OnnxCode.MALFORMED, options.model(), "two outputs are '" + ModelText.plain(port.name()) + "'");
            }
            names.put(port.name(), portName(port.name(), "output"));
        }
        return names;
    }

    private void requireSupported(GraphImport graph) {
        List<Unsupported> all = graph.unsupported();
        if (all.isEmpty()) {
            return;
        }
        StringBuilder list = new StringBuilder();
        all.stream().limit(MOST_LISTED).forEach(node -> list.append("\n  ").append(node.line()));
        if (all.size() > MOST_LISTED) {
            list.append("\n  and ").append(all.size() - MOST_LISTED).append(" more");
        }
        throw new OctetException(OnnxCode.UNSUPPORTED, all.size(), model.nodes().size(), options.model(), list);
    }

    /** Runs the definition once, as the processor will. */
    private void requireDefinition(GraphImport graph, List<Port> in, List<Port> out) {
        Map<String, String> names = new LinkedHashMap<>();
        in.forEach(port -> names.put(port.model(), port.name()));
        out.forEach(port -> names.put(port.model(), port.name()));
        try {
            Tracer.trace(new Replay(graph, names::get), shapes(in), shapes(out));
        } catch (DslException e) {
            throw new OctetException(e, OnnxCode.DEFINITION, options.model(), e.getMessage());
        }
    }

    private static List<PortShape> shapes(List<Port> ports) {
        return ports.stream()
                .map(port -> new PortShape(port.name(), port.shape()))
                .toList();
    }

    /** Names that are near, for a message. */
    static String near(String name, List<String> names) {
        return NearNames.suggestion(name, names);
    }
}
