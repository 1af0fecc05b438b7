package dev.octet.codegen.java;

import dev.octet.plan.Port;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Java names of a network's ports, used for accessors, parameters and, in capitals, constants. A port keeps its name where
 * Java allows it; characters that Java does not allow separate words, and a name that is taken, that is a keyword or that
 * several ports have gets its role behind it.
 *
 * @param inputs names of the inputs
 * @param outputs names of the outputs
 */
record PortNames(List<String> inputs, List<String> outputs) {
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

    /** Types that methods of several ports name, which a parameter of that name would hide. */
    private static final Set<String> TYPES =
            Set.of("ByteBuffer", "Calibrator", "FloatBuffer", "List", TypedClassWriter.OUTPUTS);

    PortNames {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Names for a class.
     *
     * @param plain whether the class names neither types in its methods nor constants after its ports
     */
    static PortNames of(List<Port> inputs, List<Port> outputs, boolean plain) {
        List<String> all = Stream.of(inputs, outputs)
                .flatMap(List::stream)
                .map(port -> identifier(port.name()))
                .toList();
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i);
            String role = i < inputs.size() ? "Input" : "Output";
            if (isTaken(name) || !plain && TYPES.contains(name) || Collections.frequency(all, name) > 1) {
                name += role;
            }
            while (!used.add(plain ? name : capitals(name))) {
                name += role;
            }
            names.add(name);
        }
        return new PortNames(names.subList(0, inputs.size()), names.subList(inputs.size(), names.size()));
    }

    private static boolean isTaken(String name) {
        return TAKEN.contains(name) || SourceVersion.isKeyword(name);
    }

    /** {@code topFive} becomes {@code TOP_FIVE}. Names of several ports differ in this form too. */
    static String capitals(String name) {
        return name.replaceAll("(?<=[\\p{javaLowerCase}0-9])(?=\\p{javaUpperCase})", "_")
                .toUpperCase(Locale.ROOT);
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
