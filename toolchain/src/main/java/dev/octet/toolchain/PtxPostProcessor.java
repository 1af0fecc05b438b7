package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a compiler's PTX fit its target: declares the target, declares the lowest ISA version that has all its
 * instructions, so that older drivers load it, and removes what depends on where and when it was compiled. A pure
 * function of text.
 */
public final class PtxPostProcessor {
    /** Part of cache keys: counts up whenever the result changes. */
    public static final int VERSION = 3;

    private static final Pattern HEADER = Pattern.compile("\\A(?:\\s*//[^\n]*\n|\\s*\n)*");
    private static final Pattern VERSION_LINE = Pattern.compile("(?m)^\\.version[ \t]+(\\d+\\.\\d+)[ \t]*$");
    private static final Pattern TARGET_LINE = Pattern.compile("(?m)^\\.target[ \t]+([\\w, \t]+)$");
    /** nvcc names static functions after a hash of the source's path: 8 digits, then the file's name with its length. */
    private static final Pattern INTERNAL = Pattern.compile("_INTERNAL_([0-9a-f]{8})_(\\d+_\\w+?_cu)_");

    /**
     * Rewrites the PTX of one kernel.
     *
     * @param target GPU family
     * @param kernel name for messages
     * @param compiler the compiler's identity, for messages
     * @param ptx what the compiler wrote
     * @throws OctetException with {@link ToolchainCode#MALFORMED_PTX} if this is not PTX with one entry point
     */
    public String process(Target target, String kernel, String compiler, String ptx) {
        String text = ptx.replace("\r\n", "\n");
        requireLine(VERSION_LINE, text, "it has no .version", target, kernel, compiler);
        requireLine(TARGET_LINE, text, "it has no .target", target, kernel, compiler);
        List<String> entries = KernelNames.inPtx(text);
        if (entries.size() != 1) {
            throw malformed("it has " + entries.size() + " entry points instead of one", target, kernel, compiler);
        }
        String body = anonymous(HEADER.matcher(text).replaceFirst(""));
        PtxVersion lowest = PtxVersion.needed(target, body, PtxVersion.parse(version(text)));
        body = VERSION_LINE.matcher(body).replaceFirst(".version " + lowest);
        return TARGET_LINE.matcher(body).replaceFirst(".target " + target.text());
    }

    private static void requireLine(
            Pattern line, String text, String complaint, Target target, String kernel, String compiler) {
        if (!line.matcher(text).find()) {
            throw malformed(complaint, target, kernel, compiler);
        }
    }

    private static OctetException malformed(String complaint, Target target, String kernel, String compiler) {
        return new OctetException(ToolchainCode.MALFORMED_PTX, compiler, kernel, target.text(), complaint);
    }

    /** The ISA version that a PTX text declares. */
    static String version(String ptx) {
        Matcher matcher = VERSION_LINE.matcher(ptx);
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    /** Zeros for the hashes of paths; the length stays, for mangled names count their characters. */
    private static String anonymous(String ptx) {
        String text = ptx;
        for (MatchResult match : INTERNAL.matcher(ptx).results().toList()) {
            text = text.replace(match.group(1) + "_" + match.group(2), "00000000_" + match.group(2));
        }
        return text;
    }
}
