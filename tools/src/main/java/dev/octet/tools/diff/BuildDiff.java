package dev.octet.tools.diff;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which kernels, plans, calibration tables and weights differ between two builds. Kernels are known by target and function
 * name, all else by the names of the definition.
 */
public final class BuildDiff {
    private final CompiledBuild before;
    private final CompiledBuild after;
    private final boolean sources;
    private final List<String> lines = new ArrayList<>();
    private int changedKernels;
    private int changedNetworks;

    private BuildDiff(CompiledBuild before, CompiledBuild after, boolean sources) {
        this.before = before;
        this.after = after;
        this.sources = sources;
    }

    /**
     * Compares two builds.
     *
     * @param before classes folder or jar of the older one
     * @param after classes folder or jar of the newer one
     * @param sources whether changed sources of kernels are shown as unified diffs
     * @throws dev.octet.plan.diag.OctetException if one is no build of networks, or a file of it is damaged
     */
    public static BuildDiff of(Path before, Path after, boolean sources) {
        BuildDiff diff = new BuildDiff(CompiledBuild.read(before), CompiledBuild.read(after), sources);
        diff.compareKernels();
        diff.compareNetworks();
        return diff;
    }

    /** Whether anything differs. */
    public boolean changed() {
        return changedKernels + changedNetworks > 0;
    }

    /** One line: how much differs. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%d of %d networks and %d of %d kernels differ",
                changedNetworks,
                union(before.networks().keySet(), after.networks().keySet()).size(),
                changedKernels,
                union(before.kernels().keySet(), after.kernels().keySet()).size());
    }

    /** What differs, for people: headings, and lines that begin with {@code -} removed, {@code +} added, {@code ~} changed. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    private void compareKernels() {
        List<String> found = new ArrayList<>();
        for (KernelName name : union(before.kernels().keySet(), after.kernels().keySet())) {
            List<String> changes = kernel(name);
            changedKernels += changes.isEmpty() ? 0 : 1;
            found.addAll(changes);
        }
        addSection("", "kernels", found);
    }

    private List<String> kernel(KernelName name) {
        Kernel one = before.kernels().get(name);
        Kernel other = after.kernels().get(name);
        if (one == null || other == null) {
            return List.of((one == null ? "+ " : "- ") + name);
        }
        KernelDiff diff = new KernelDiff(name, one, other);
        List<String> changes = diff.changes();
        if (changes.isEmpty()) {
            return List.of();
        }
        List<String> text = new ArrayList<>(List.of("~ " + name + ": " + String.join("; ", changes)));
        if (sources) {
            diff.sources().forEach(line -> text.add("    " + line));
        }
        return text;
    }

    private void compareNetworks() {
        for (String name : union(before.networks().keySet(), after.networks().keySet())) {
            NetworkListings one = before.networks().get(name);
            NetworkListings other = after.networks().get(name);
            int sofar = lines.size();
            if (one == null || other == null) {
                lines.add((one == null ? "+ network " : "- network ") + name);
            } else {
                compare(name, one, other);
            }
            changedNetworks += lines.size() > sofar ? 1 : 0;
        }
    }

    private void compare(String name, NetworkListings one, NetworkListings other) {
        int heading = lines.size();
        Map<String, Listing> left = byTitle(one.listings());
        Map<String, Listing> right = byTitle(other.listings());
        Set<String> titles = new LinkedHashSet<>(left.keySet());
        titles.addAll(right.keySet());
        for (String title : titles) {
            Listing old = left.getOrDefault(title, new Listing(title));
            addSection("  ", title, old.changesTo(right.getOrDefault(title, new Listing(title))));
        }
        if (lines.size() > heading) {
            lines.add(heading, "network " + name);
        }
    }

    private static Map<String, Listing> byTitle(List<Listing> listings) {
        Map<String, Listing> byTitle = new LinkedHashMap<>();
        listings.forEach(listing -> byTitle.put(listing.title(), listing));
        return byTitle;
    }

    private void addSection(String indent, String title, List<String> found) {
        if (!found.isEmpty()) {
            lines.add(indent + title);
            found.forEach(line -> lines.add((indent + "  " + line).stripTrailing()));
        }
    }

    private static <T extends Comparable<T>> SortedSet<T> union(Collection<T> some, Collection<T> others) {
        SortedSet<T> union = new TreeSet<>(some);
        union.addAll(others);
        return union;
    }
}
