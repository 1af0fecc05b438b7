package dev.octet.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules of templates. Velocity swallows C preprocessor lines and everything behind a double hash without a word, so a
 * hash may only begin one of the few directives that templates are allowed; and decisions belong into the variables.
 */
public final class TemplateLint {
    private static final int MOST_LEVELS = 2;
    private static final Pattern VERBATIM = Pattern.compile("#\\[\\[.*?]]#");
    private static final Pattern DIRECTIVE = Pattern.compile("#if\\(\\$(?<condition>\\w+)\\)|#else\\b|#end\\b");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?<name>\\w+)}");

    private final Map<String, Object> variables;
    private final List<String> findings = new ArrayList<>();
    private final TreeSet<String> unused;
    private int line;
    private int level;

    private TemplateLint(Map<String, Object> variables) {
        this.variables = variables;
        this.unused = new TreeSet<>(variables.keySet());
    }

    /** What is wrong with a template, given its text and its variables; empty if nothing is. */
    public static List<String> findings(String text, TemplateVars vars) {
        TemplateLint lint = new TemplateLint(TemplateVars.values(vars));
        String[] lines = text.split("\n", -1);
        String header = "## Variables: " + vars.getClass().getSimpleName() + ".";
        if (!lines[0].startsWith(header)) {
            lint.findings.add("line 1 does not begin with '" + header + "'");
        }
        for (int i = 1; i < lines.length; i++) {
            lint.line = i + 1;
            lint.check(VERBATIM.matcher(lines[i]).replaceAll(""));
        }
        lint.unused.forEach(name -> lint.findings.add("variable " + name + " is not used"));
        return lint.findings;
    }

    private void check(String text) {
        Matcher directive = DIRECTIVE.matcher(text);
        StringBuilder rest = new StringBuilder();
        while (directive.find()) {
            nest(directive.group());
            if (directive.group("condition") != null) {
                use(directive.group("condition"), true);
            }
            directive.appendReplacement(rest, "");
        }
        directive.appendTail(rest);
        Matcher reference = REFERENCE.matcher(rest);
        while (reference.find()) {
            use(reference.group("name"), false);
        }
        String plain = REFERENCE.matcher(rest).replaceAll("");
        if (plain.contains("#")) {
            report("a hash that Velocity would swallow");
        }
        if (plain.contains("$")) {
            report("a reference that is not of the form ${name}");
        }
    }

    private void nest(String directive) {
        if (directive.startsWith("#if")) {
            level++;
        } else if (directive.equals("#end")) {
            level--;
        }
        if (level > MOST_LEVELS) {
            report("#if nested more than once");
        }
    }

    private void use(String name, boolean condition) {
        unused.remove(name);
        Object value = variables.get(name);
        if (value == null) {
            report("unknown variable " + name);
        } else if (value instanceof Boolean != condition) {
            report(condition ? "#if on " + name + ", which is not a boolean" : "boolean " + name + " in the text");
        }
    }

    private void report(String finding) {
        findings.add("line " + line + ": " + finding);
    }
}
