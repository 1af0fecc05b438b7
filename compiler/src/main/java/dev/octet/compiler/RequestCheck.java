package dev.octet.compiler;

import dev.octet.plan.Port;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What must hold of a request, and between it and its float graph: names and counts are in range, and ports fit. */
final class RequestCheck {
    private static final String PUNCTUATION = "_.$";

    private RequestCheck() {}

    /** Checks what can be seen without the graph. */
    static void request(CompileRequest request) {
        batch(request.maxBatch());
        int inputs = request.inputs().size();
        int outputs = request.outputs().size();
        if (Math.max(inputs, outputs) > Limits.PORTS) {
            throw new CompileException(CompilerCode.TOO_MANY_PORTS, Optional.empty(), inputs, outputs, Limits.PORTS);
        }
        className(request.network());
    }

    /** Checks a largest batch. */
    static void batch(int maxBatch) {
        if (maxBatch < 1 || maxBatch > Limits.BATCH) {
            throw new CompileException(CompilerCode.MAX_BATCH, Optional.empty(), maxBatch, Limits.BATCH);
        }
    }

    /** Java allows more in names than plans and folders do: currency signs, combining marks, any length. */
    private static void className(String name) {
        Optional<String> strange = ("." + name + ".").contains("..")
                ? Optional.of("a part of it is empty")
                : name.codePoints()
                        .filter(c -> !isPlain(c))
                        .mapToObj(c -> String.format(Locale.ROOT, "it has the character U+%04X", c))
                        .findFirst();
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (strange.isPresent() || bytes > Limits.CLASS_NAME_BYTES) {
            String shown = name.substring(0, Math.min(name.length(), Limits.CLASS_NAME_BYTES));
            throw new CompileException(
                    CompilerCode.CLASS_NAME,
                    Optional.empty(),
                    shown,
                    strange.orElse("it has " + bytes + " bytes"),
                    Limits.CLASS_NAME_BYTES);
        }
    }

    private static boolean isPlain(int c) {
        return c < Character.MIN_SUPPLEMENTARY_CODE_POINT
                && (Character.isLetterOrDigit(c) || PUNCTUATION.indexOf(c) >= 0);
    }

    /** Checks that each port has a value of its shape. */
    static void ports(CompileRequest request, Graph fp32) {
        ports(request.inputs(), fp32.nodes(Op.Input.class), CompilerCode.INPUT_PORT);
        ports(request.outputs(), fp32.nodes(Op.Output.class), CompilerCode.OUTPUT_PORT);
    }

    private static void ports(List<Port> ports, List<Node> nodes, CompilerCode code) {
        Map<String, Node> byName = new TreeMap<>();
        nodes.forEach(node -> byName.put(node.name(), node));
        List<String> declared = ports.stream().map(Port::name).sorted().toList();
        if (ports.isEmpty() || !declared.equals(List.copyOf(byName.keySet()))) {
            throw new CompileException(code, Optional.empty(), declared, byName.keySet());
        }
        for (Port port : ports) {
            Node node = byName.get(port.name());
            if (!port.shape().equals(node.type().shape())) {
                throw new CompileException(
                        CompilerCode.PORT_SHAPE,
                        node.line(),
                        port.name(),
                        port.shape(),
                        node.type().shape());
            }
        }
    }
}
