package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import java.util.Locale;
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
            throw new DslException(DslCode.NAME, shown(name));
        }
        return name;
    }

    /** A wrong name on one line: what is not printable ASCII as Java would escape it. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        for (char c : name.substring(0, Math.min(LONGEST, name.length())).toCharArray()) {
            shown.append(c >= ' ' && c <= '~' ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return name.length() > LONGEST ? shown.append("...").toString() : shown.toString();
    }
}
