package dev.octet.plan.text;

import dev.octet.plan.PlanCode;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.internal.Cursor;
import dev.octet.plan.io.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * The text form of graphs of every stage. A node is one line: value, name, type, operator with operands and attributes:
 *
 * <pre>{@code
 * graph folded
 * %0 image : f32[1,28,28] = input()
 * %1 relu : f32[16,28,28] = conv2d(%0) layer=conv weight=tensor(conv.weight,[16,1,3,3]) bias=none window=3x3 stride=1x1 pad=1,1,1,1 activation=relu residual=false
 * end
 * }</pre>
 *
 * In a quantised graph a node that is computed in float arithmetic ends in {@code fp32}.
 *
 * <p>Names consist of letters, digits and {@code _ . $ / + -}. Printing is the inverse of parsing, but for source lines,
 * which are no part of the form.
 */
public final class GraphText {
    private GraphText() {}

    /** Canonical text of a graph, without source lines. */
    public static String print(Graph graph) {
        return GraphPrinter.exact().print(graph);
    }

    /** Text of a graph for people: each node ends with {@code @File.java:12} where it is known. */
    public static String printWithLines(Graph graph) {
        return GraphPrinter.withLines().print(graph);
    }

    /** Parses the canonical text; throws {@link dev.octet.plan.diag.OctetException} {@link PlanCode#MALFORMED}. */
    public static Graph parse(String text) {
        return Cursor.parse(text, "graph", PlanCode.MALFORMED, GraphParser::parse);
    }

    /**
     * What a calibration table belongs to: SHA-256, in hexadecimal, of the text of a network's float graph with its
     * values numbered in order. It covers names, shapes and attributes but no weights, and not how ids were chosen.
     */
    public static String topologyHash(Graph fp32) {
        String text = GraphPrinter.renumbered(fp32).print(fp32);
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
