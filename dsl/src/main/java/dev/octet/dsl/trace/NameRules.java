package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import java.util.regex.Pattern;

/** The alphabet of names: they become Java, CUDA and HTML text, parts of paths, and keys of tables. */
final class NameRules {
    private static final int LONGEST = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*");

    private NameRules() {}

    static String check(String name) {
        if (name == null) {
            throw new DslException(DslCode.MISSING_ARGUMENT, "The name");
        }
        // Length first: the pattern's matcher recurses once per segment.
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new DslException(DslCode.NAME, name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name);
        }
        return name;
    }
}
