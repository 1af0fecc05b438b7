package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Targets of a build whose kernels stay uncompiled since the compiler at hand is not made for them, and what GPUs run instead.
 *
 * @param support the compiler at hand
 * @param kernels how many kernels of each stay uncompiled
 * @param networks the targets of each network of the build, by name
 */
record LeftOutTargets(TargetSupport support, SortedMap<Target, Integer> kernels, Map<String, Set<Target>> networks) {
    /** Throws {@link OctetException} if a network has no other targets, or if all targets are asked for. */
    void check(boolean allTargets) {
        networks.forEach((network, targets) -> {
            if (!targets.isEmpty() && kernels.keySet().containsAll(targets)) {
                String reasons = targets.stream()
                        .sorted()
                        .map(target -> target.text() + " needs " + needs(target))
                        .collect(Collectors.joining(", "));
                throw new OctetException(ToolchainCode.NO_TARGET, compiler(), network, reasons);
            }
        });
        if (allTargets) {
            throw new OctetException(ToolchainCode.OLD_TOOLKIT, words(kernels.firstKey()));
        }
    }

    /** A complete message for each target. */
    List<String> warnings() {
        return kernels.keySet().stream()
                .map(target -> ToolchainCode.OLD_TOOLKIT.message(words(target)))
                .toList();
    }

    private Object[] words(Target target) {
        int count = kernels.get(target);
        String stay = count == 1 ? "1 kernel stays" : count + " kernels stay";
        return new Object[] {compiler(), target.text(), needs(target), stay, instead(target)};
    }

    private String compiler() {
        return support.compiler().orElseThrow().identity();
    }

    private String needs(Target target) {
        return support.lacking(target).orElseThrow();
    }

    /** What GPUs for which the target is the best run of the networks that have it; empty if no network does. */
    private String instead(Target target) {
        SortedMap<String, List<String>> byChoice = new TreeMap<>();
        networks.forEach((network, targets) -> {
            if (targets.contains(target)) {
                byChoice.computeIfAbsent(choice(target, targets), choice -> new ArrayList<>())
                        .add(network);
            }
        });
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

    private String choice(Target target, Set<Target> targets) {
        List<Target> others =
                targets.stream().filter(other -> !kernels.containsKey(other)).toList();
        return Target.best(others, target.capability())
                .map(found -> "those for " + found.text() + " instead")
                .orElse("nothing: the CPU does");
    }
}
