package dev.octet.toolchain;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the names of entry points in CUDA source and in PTX. */
final class KernelNames {
    private static final Pattern CUDA_ENTRY =
            Pattern.compile("__global__\\s+void\\s+(?:__launch_bounds__\\s*\\([^;{]*?\\)\\s+)?([A-Za-z_]\\w*)\\s*\\(");
    private static final Pattern PTX_ENTRY = Pattern.compile("(?m)^\\s*(?:\\.visible\\s+)?\\.entry\\s+([\\w$]+)");

    private KernelNames() {}

    /** The first entry point of CUDA source, or a phrase if there seems to be none: for messages only. */
    static String inSource(String source) {
        Matcher matcher = CUDA_ENTRY.matcher(source);
        return matcher.find() ? matcher.group(1) : "(no entry point)";
    }

    /** All entry points of PTX. */
    static List<String> inPtx(String ptx) {
        return PTX_ENTRY.matcher(ptx).results().map(match -> match.group(1)).toList();
    }
}
