package dev.octet.codegen.java;

import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * Java names of a network's ports, used for accessors and parameters. A port keeps its name where Java allows it;
 * characters that Java does not allow separate words, and a name that is taken or a keyword gets its role behind it.
 *
 * @param input name of the input
 * @param output name of the output
 */
record PortNames(String input, String output) {
    /** Members of the typed class and its session, parameters and variables in them, and methods of every object. */
    private static final Set<String> TAKEN = Set.of(
            "clone",
            "close",
            "finalize",
            "getClass",
            "hashCode",
            "n",
            "network",
            "notify",
            "notifyAll",
            "run",
            "session",
            "toString",
            "wait");

    static PortNames of(String input, String output) {
        String in = identifier(input);
        String out = identifier(output);
        boolean same = in.equals(out);
        String first = same || isTaken(in) ? in + "Input" : in;
        String second = same || isTaken(out) ? out + "Output" : out;
        return new PortNames(first, second.equals(first) ? second + "Output" : second);
    }

    private static boolean isTaken(String name) {
        return TAKEN.contains(name) || SourceVersion.isKeyword(name);
    }

    /** {@code top-5.scores} becomes {@code top5Scores}, and {@code 2nd} becomes {@code _2nd}. */
    private static String identifier(String name) {
        StringBuilder identifier = new StringBuilder();
        boolean newWord = false;
        for (int c : name.codePoints().toArray()) {
            if (!Character.isJavaIdentifierPart(c) || Character.isIdentifierIgnorable(c)) {
                newWord = identifier.length() > 0;
                continue;
            }
            if (identifier.length() == 0 && !Character.isJavaIdentifierStart(c)) {
                identifier.append('_');
            }
            identifier.appendCodePoint(newWord ? Character.toUpperCase(c) : c);
            newWord = false;
        }
        return identifier.length() == 0 ? "_" : identifier.toString();
    }
}
