package dev.octet.tools.onnx.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What stands before the body of a definition's class.
 *
 * @param packageName its package; empty for none
 * @param name its simple name
 * @param origin what the class was made from, for its documentation
 * @param remarks further sentences of its documentation
 * @param weights name of its weights file
 * @param maxBatch largest number of images of a run
 * @param inputs input ports
 * @param outputs output ports
 */
public record ClassHead(
        String packageName,
        String name,
        String origin,
        List<String> remarks,
        String weights,
        int maxBatch,
        List<Port> inputs,
        List<Port> outputs) {
    private static final String DSL = "dev.octet.dsl.";
    /** A CUDA compiler that is too old for one of them leaves it out. */
    private static final List<String> TARGETS = List.of("SM_61", "SM_75", "SM_80", "SM_90A");

    public ClassHead {
        remarks = List.copyOf(remarks);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * A port.
     *
     * @param model its name in the model
     * @param name its name in the definition
     * @param shape shape of one image
     * @param image how bytes become numbers
     */
    public record Port(String model, String name, List<Integer> shape, Optional<ImagePort> image) {
        public Port {
            shape = List.copyOf(shape);
        }
    }

    /**
     * How bytes become numbers: {@code (byte * scale - mean[c]) / std[c]}.
     *
     * @param order constant of {@link dev.octet.dsl.ChannelOrder}
     * @param scale factor, as a Java expression; empty for 1
     * @param mean subtracted after scaling; empty for zeros
     * @param std divisors; empty for ones
     * @param resize shorter side of scaled image files; 0 if they just cover the shape
     */
    public record ImagePort(String order, String scale, List<Float> mean, List<Float> std, int resize) {
        public ImagePort {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }
    }

    /** The name in the definition of a port of the model. */
    String port(String model) {
        return List.of(inputs, outputs).stream()
                .flatMap(List::stream)
                .filter(port -> port.model().equals(model))
                .findFirst()
                .orElseThrow()
                .name();
    }

    String write(String body) {
        Lines lines = new Lines();
        if (!packageName.isEmpty()) {
            lines.add("package " + packageName + ";").add("");
        }
        imports(body, lines);
        if (remarks.isEmpty()) {
            lines.add("/** " + origin + " */");
        } else {
            lines.add("/**").add(" * " + origin);
            remarks.forEach(remark -> lines.add(" *").add(" * " + remark));
            lines.add(" */");
        }
        lines.addAll(annotation());
        lines.add("public final class " + name + " implements NetworkDefinition {");
        lines.addAll(body);
        lines.add("}");
        return lines.toString();
    }

    private void imports(String body, Lines lines) {
        TreeSet<String> statics = new TreeSet<>();
        inputs.stream()
                .flatMap(port -> port.image().stream())
                .forEach(image -> statics.add("ChannelOrder." + image.order()));
        if (body.contains("kernel(")) {
            statics.add("Kernel.kernel");
        }
        TARGETS.forEach(target -> statics.add("Target." + target));
        statics.forEach(type -> lines.add("import static " + DSL + type + ";"));
        lines.add("");
        TreeSet<String> types = new TreeSet<>(ClassSource.used(body));
        types.addAll(Map.of("Net", 0, "NetworkDefinition", 0, "Port", 0, "QuantizedNetwork", 0)
                .keySet());
        if (inputs.stream().anyMatch(port -> port.image().isPresent())) {
            types.add("Image");
        }
        types.forEach(type -> lines.add("import " + DSL + type + ";"));
        lines.add("");
    }

    private String annotation() {
        Lines lines = new Lines();
        lines.add("@QuantizedNetwork(").indent().indent();
        lines.add("weights = " + Literals.text(weights) + ",");
        lines.add("targets = {" + String.join(", ", TARGETS) + "},");
        lines.add("maxBatch = " + maxBatch + ",");
        ports("inputs", inputs, ",", lines);
        ports("outputs", outputs, ")", lines);
        return lines.toString();
    }

    private static void ports(String name, List<Port> ports, String end, Lines lines) {
        if (ports.size() == 1) {
            boolean line = isLine(ports.get(0));
            lines.add(name + " =" + (line ? " " + plain(ports.get(0)) + ")" + end : ""));
            if (!line) {
                lines.indent().indent();
                port(ports.get(0), end, lines);
                lines.outdent().outdent();
            }
            return;
        }
        lines.add(name + " = {").indent();
        for (int i = 0; i < ports.size(); i++) {
            port(ports.get(i), i == ports.size() - 1 ? "" : ",", lines);
        }
        lines.outdent().add("}" + end);
    }

    private static boolean isLine(Port port) {
        return port.image().isEmpty() && port.shape().size() == 1;
    }

    /** Parts on lines of their own, as the formatter has them where one is an array. */
    private static void port(Port port, String end, Lines lines) {
        if (isLine(port)) {
            lines.add(plain(port) + ")" + end);
            return;
        }
        lines.add("@Port(").indent().indent();
        lines.add("name = " + Literals.text(port.name()) + ",");
        lines.add("shape = " + shape(port) + (port.image().isPresent() ? "," : ")" + end));
        port.image().ifPresent(image -> image(image, end, lines));
        lines.outdent().outdent();
    }

    private static void image(ImagePort image, String end, Lines lines) {
        List<String> parts = new ArrayList<>(List.of("order = " + image.order()));
        if (!image.scale().isEmpty()) {
            parts.add("scale = " + image.scale());
        }
        if (!image.mean().isEmpty()) {
            parts.add("mean = " + array(image.mean()));
        }
        if (!image.std().isEmpty()) {
            parts.add("std = " + array(image.std()));
        }
        if (image.resize() != 0) {
            parts.add("resize = " + image.resize());
        }
        if (parts.stream().noneMatch(part -> part.contains("{"))) {
            lines.add("image = @Image(" + String.join(", ", parts) + "))" + end);
            return;
        }
        lines.add("image =").indent().indent().add("@Image(").indent().indent();
        for (int i = 0; i < parts.size(); i++) {
            lines.add(parts.get(i) + (i == parts.size() - 1 ? "))" + end : ","));
        }
        lines.outdent().outdent().outdent().outdent();
    }

    private static String array(List<Float> values) {
        List<String> texts = values.stream().map(Literals::decimal).toList();
        return texts.size() == 1 ? texts.get(0) : "{" + String.join(", ", texts) + "}";
    }

    private static String plain(Port port) {
        return "@Port(name = " + Literals.text(port.name()) + ", shape = " + shape(port);
    }

    private static String shape(Port port) {
        return port.shape().size() == 1
                ? port.shape().get(0).toString()
                : port.shape().toString().replace('[', '{').replace(']', '}');
    }
}
