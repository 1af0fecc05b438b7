package dev.octet.simulator.ptx;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A module.
 *
 * @param version version of PTX that it is written in, such as {@code 7.0}
 * @param target GPU family, such as {@code sm_80}
 * @param variables variables outside of all kernels
 * @param entries kernels, in order
 */
public record PtxModule(String version, String target, List<Variable> variables, List<PtxEntry> entries) {
    private static final Pattern TARGET = Pattern.compile("sm_(\\d{2,3})[af]?");

    public PtxModule {
        Objects.requireNonNull(version);
        if (!isTarget(target)) {
            throw new IllegalArgumentException("target '" + target + "'");
        }
        variables = List.copyOf(variables);
        entries = List.copyOf(entries);
    }

    /** Whether a word names a GPU family. */
    static boolean isTarget(String word) {
        return TARGET.matcher(word).matches();
    }

    /** Compute capability of the target, ten times the number that documents write: 80 for {@code sm_80}. */
    public int capability() {
        Matcher matcher = TARGET.matcher(target);
        if (!matcher.matches()) {
            throw new IllegalStateException(target);
        }
        return Integer.parseInt(matcher.group(1));
    }
}
