package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Targets of a build whose kernels stay uncompiled since the compiler at hand is not made for them, and what GPUs run instead.
 *
 * @param support the compiler at hand
 * @param kernels hashes of the kernels of each that stay uncompiled
 * @param networks the networks of the build, each of which may lack other targets: PTX of a newer compiler stays
 */
record LeftOutTargets(TargetSupport support, SortedMap<Target, Set<String>> kernels, List<PlannedTargets> networks) {
    /** Throws {@link OctetException} if all targets are asked for, or if a network has no other targets. */
    void check(boolean allTargets) {
        if (allTargets) {
            throw new OctetException(ToolchainCode.OLD_TOOLKIT, words(kernels.keySet()));
        }
        for (PlannedTargets network : networks) {
            if (network.complete().isEmpty() && !network.leftOut().isEmpty()) {
                String reasons = network.leftOut().stream()
                        .map(target -> target.text() + " needs " + needs(target))
                        .collect(Collectors.joining(", "));
                throw new OctetException(ToolchainCode.NO_TARGET, compiler(), network.network(), reasons);
            }
        }
    }

    /** A complete message for each target. */
    List<String> warnings() {
        return kernels.keySet().stream()
                .map(target -> ToolchainCode.OLD_TOOLKIT.message(words(List.of(target))))
                .toList();
    }

    private Object[] words(Collection<Target> targets) {
        String all = targets.stream().map(this::words).collect(Collectors.joining("; nor for "));
        return new Object[] {compiler(), all, targets.size() == 1 ? "the target" : "the targets"};
    }

    private String words(Target target) {
        int count = kernels.get(target).size();
        String stay = count == 1 ? "1 kernel stays" : count + " kernels stay";
        return target.text() + ", which needs " + needs(target) + ": " + stay + " uncompiled" + instead(target);
    }

    private String compiler() {
        return support.compiler().orElseThrow().identity();
    }

    private String needs(Target target) {
        return support.lacking(target).orElseThrow();
    }

    /** What GPUs for which the target is the best run of the networks that lack it; empty if no network does. */
    private String instead(Target target) {
        SortedMap<String, List<String>> byChoice = new TreeMap<>();
        for (PlannedTargets network : networks) {
            if (network.leftOut().contains(target)) {
                byChoice.computeIfAbsent(choice(target, network), choice -> new ArrayList<>())
                        .add(network.network());
            }
        }
        if (byChoice.isEmpty()) {
            return "";
        }
        String choices = byChoice.size() == 1
                ? byChoice.firstKey()
                : byChoice.entrySet().stream()
                        .map(choice -> choice.getKey() + " (" + String.join(", ", choice.getValue()) + ")")
                        .collect(Collectors.joining(", "));
        return ", and GPUs of compute capability " + Target.capabilityText(target.capability()) + " run " + choices;
    }

    private static String choice(Target target, PlannedTargets network) {
        return Target.best(network.complete(), target.capability())
                .map(found -> "those for " + found.text() + " instead")
                .orElse("nothing: the CPU does");
    }
}
