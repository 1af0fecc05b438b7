package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of a block have in common, and how a method for several blocks makes them.
 *
 * @param style how
 * @param common the shared part, as the caller passes it: a scope, a beginning, or the first number
 * @param rest what is particular to each name: its end, or its distance from the first number behind a text
 */
record Labels(Style style, String common, List<String> rest) {
    private static final Pattern NUMBERED = Pattern.compile("(.*?[^0-9])(0|[1-9][0-9]{0,7})");

    /** How names are made. */
    enum Style {
        /** In a scope. */
        SCOPE,
        /** From a beginning. */
        BEGINNING,
        /** From a number. */
        NUMBER,
        /** They are constants. */
        CONSTANT
    }

    Labels {
        rest = List.copyOf(rest);
    }

    /** The names of a block. */
    static Labels of(Block block, Names names) {
        List<String> all = block.named(names).stream().map(names::name).toList();
        String prefix = block.prefix(names);
        if (!prefix.isEmpty()) {
            Style style = prefix.endsWith(".") ? Style.SCOPE : Style.BEGINNING;
            String common = prefix.substring(0, prefix.length() - 1);
            List<String> rest =
                    all.stream().map(name -> name.substring(prefix.length())).toList();
            // A name within a scope must be one by itself.
            boolean names1 = rest.stream().noneMatch(name -> name.isEmpty() || name.matches("[.-].*"));
            if (names1 && !common.isEmpty() && common.matches(".*[A-Za-z0-9_]")) {
                return new Labels(style, common, rest);
            }
        }
        return numbered(all);
    }

    private static Labels numbered(List<String> names) {
        List<String> rest = new ArrayList<>();
        int first = -1;
        for (String name : names) {
            Matcher matcher = NUMBERED.matcher(name);
            if (!matcher.matches()) {
                return new Labels(Style.CONSTANT, "", names);
            }
            int number = Integer.parseInt(matcher.group(2));
            first = first < 0 ? number : first;
            rest.add(matcher.group(1) + (number - first));
        }
        return new Labels(Style.NUMBER, String.valueOf(first), rest);
    }

    /** The expression of a name in a method whose parameter is the common part. */
    String expression(int index) {
        String own = rest.get(index);
        return switch (style) {
            case SCOPE, CONSTANT -> Literals.text(own);
            case BEGINNING -> "name + " + Literals.text("_" + own);
            case NUMBER -> numbered(own);
        };
    }

    private static String numbered(String own) {
        Matcher matcher = Pattern.compile("(.*?)(-?[0-9]+)").matcher(own);
        if (!matcher.matches()) {
            throw new IllegalStateException(own);
        }
        int distance = Integer.parseInt(matcher.group(2));
        String number =
                distance == 0 ? "first" : distance > 0 ? "(first + " + distance + ")" : "(first - " + -distance + ")";
        return Literals.text(matcher.group(1)) + " + " + number;
    }
}
