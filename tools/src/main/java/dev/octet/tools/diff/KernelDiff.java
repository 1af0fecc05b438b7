package dev.octet.tools.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares a kernel of one name in two builds. */
final class KernelDiff {
    private static final int CONTEXT = 3;

    private final KernelName name;
    private final Kernel before;
    private final Kernel after;

    KernelDiff(KernelName name, Kernel before, Kernel after) {
        this.name = name;
        this.before = before;
        this.after = after;
    }

    /** What changed, in words; none if nothing did. */
    List<String> changes() {
        List<String> changes = new ArrayList<>();
        if (before.source().isPresent() != after.source().isPresent()) {
            changes.add(before.source().isPresent() ? "source is gone" : "source is new");
        } else if (!before.source().equals(after.source())) {
            changes.add("source, " + counts(patch()));
        } else if (!before.hash().equals(after.hash())) {
            changes.add("hash of the source, " + before.hash() + " -> " + after.hash());
        }
        SortedSet<String> kinds = new TreeSet<>(before.compiled().keySet());
        kinds.addAll(after.compiled().keySet());
        for (String kind : kinds) {
            String one = before.compiled().get(kind);
            String other = after.compiled().get(kind);
            if (one == null || other == null) {
                changes.add(text(kind) + (one == null ? " is new" : " is gone"));
            } else if (!one.equals(other)) {
                changes.add(text(kind));
            }
        }
        return changes;
    }

    /** The sources as a unified diff; empty if they are equal or one is missing. */
    List<String> sources() {
        if (before.source().isEmpty() || after.source().isEmpty()) {
            return List.of();
        }
        String file = name.target().text() + "/" + name.function() + ".cu";
        return UnifiedDiffUtils.generateUnifiedDiff(
                "old/" + file, "new/" + file, before.source().get(), patch(), CONTEXT);
    }

    private Patch<String> patch() {
        return DiffUtils.diff(before.source().orElseThrow(), after.source().orElseThrow());
    }

    private static String counts(Patch<String> patch) {
        int added = 0;
        int removed = 0;
        for (AbstractDelta<String> delta : patch.getDeltas()) {
            added += delta.getTarget().size();
            removed += delta.getSource().size();
        }
        return String.format(Locale.ROOT, "%d lines added, %d removed", added, removed);
    }

    private static String text(String kind) {
        return kind.equals("ptx") ? "PTX" : kind;
    }
}
