package dev.octet.plan.text;

import dev.octet.plan.Plan;
import dev.octet.plan.PlanCode;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.internal.Cursor;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The lines of the definition that made a network's values, which are no part of its plan: a moved line must not change a
 * plan's hash. Text of one line for each value, sorted by name:
 *
 * <pre>{@code
 * b1.bn1.relu com.acme.Blocks Blocks.java 14
 * }</pre>
 */
public final class LinesText {
    private LinesText() {}

    /** The text for the values of both graphs of a plan that still knows them; those of unknown origin are left out. */
    public static String write(Plan plan) {
        SortedMap<String, String> lines = new TreeMap<>();
        for (Graph graph : List.of(plan.fp32(), plan.int8())) {
            for (Node node : graph.nodes()) {
                node.line().filter(LinesText::isWritable).ifPresent(line -> lines.put(node.name(), text(line)));
            }
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (value, line) -> text.append(value).append(' ').append(line).append('\n'));
        return text.toString();
    }

    /** A file may have any name, and a report can do without a line. */
    private static boolean isWritable(SourceLine line) {
        return Cursor.isName(line.className()) && Cursor.isName(line.file()) && line.line() > 0;
    }

    private static String text(SourceLine line) {
        return line.className() + " " + line.file() + " " + line.line();
    }

    /**
     * Reads a text.
     *
     * @param text what {@link #write} wrote
     * @param name name of the file, for messages
     * @throws dev.octet.plan.diag.OctetException {@link PlanCode#MALFORMED} if it is damaged
     */
    public static SortedMap<String, SourceLine> read(String text, String name) {
        return Cursor.parse(text, name, PlanCode.MALFORMED, in -> {
            SortedMap<String, SourceLine> lines = new TreeMap<>();
            while (!in.atEnd()) {
                String value = in.name();
                in.expect(" ");
                String type = in.name();
                in.expect(" ");
                String file = in.name();
                in.expect(" ");
                lines.put(value, new SourceLine(type, file, in.integer(1, Integer.MAX_VALUE)));
                in.endLine();
            }
            return Collections.unmodifiableSortedMap(lines);
        });
    }
}
