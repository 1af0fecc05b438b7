package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.source.Item.Expression;

/** Lines of Java, at most 120 characters wide where expressions allow it. */
final class Lines {
    private static final int WIDTH = 120;
    private static final String STEP = "    ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    Lines indent() {
        depth++;
        return this;
    }

    Lines outdent() {
        depth--;
        return this;
    }

    /** A line. */
    Lines add(String line) {
        text.append(line.isEmpty() ? "" : STEP.repeat(depth)).append(line).append('\n');
        return this;
    }

    /** Lines, each indented. */
    Lines addAll(String lines) {
        lines.lines().forEach(this::add);
        return this;
    }

    /** A statement of an expression behind some text, broken before its calls if it is too long for a line. */
    void statement(String before, Expression expression) {
        statement(before, expression, ";");
    }

    /** As {@link #statement(String, Expression)}, with other text behind. */
    void statement(String before, Expression expression, String after) {
        String line = before + expression.line() + after;
        if (STEP.length() * depth + line.length() <= WIDTH || expression.calls().isEmpty()) {
            add(line);
            return;
        }
        boolean variable = expression.start().matches("[a-z][A-Za-z0-9]*");
        String start = before
                + expression.start()
                + (variable ? "." + expression.calls().get(0) : "");
        // A long first call goes to a line of its own as well.
        boolean fits = variable && STEP.length() * depth + start.length() <= WIDTH;
        int first = fits ? 1 : 0;
        add(fits ? start : before + expression.start());
        for (int i = first; i < expression.calls().size(); i++) {
            boolean last = i == expression.calls().size() - 1;
            text.append(STEP.repeat(depth + 2))
                    .append('.')
                    .append(expression.calls().get(i))
                    .append(last ? after : "")
                    .append('\n');
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
