package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Machines for which the build makes cubins, as ten times their compute capability, in order.
 *
 * @param numbers for example 80 and 90
 */
public record Machines(List<Integer> numbers) {
    /**
     * Made unless the setting says otherwise: the first machine of each major compute capability from Turing to Hopper.
     * A cubin runs on later machines of its major capability too.
     */
    public static final Machines DEFAULT = new Machines(List.of(75, 80, 90));

    public Machines {
        numbers = List.copyOf(new TreeSet<>(numbers));
    }

    /** Parses a setting: names such as {@code sm_80} with commas between, or {@code none}. */
    static Machines parse(String setting, String text) {
        if (text.strip().equals("none")) {
            return new Machines(List.of());
        }
        List<String> names =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (!names.stream().allMatch(name -> name.matches("sm_[1-9][0-9]{1,2}"))) {
            throw new OctetException(
                    ToolchainCode.SETTING, setting, text, "machines such as sm_80,sm_90, or the word none");
        }
        return new Machines(
                names.stream().map(name -> Integer.valueOf(name.substring(3))).toList());
    }

    /**
     * The machines that an assembler can make cubins for: all that the user asks for, or of the default those that it
     * knows.
     *
     * @param wanted what the user asks for, if anything
     * @throws OctetException if the assembler does not know one that the user asks for
     */
    static Machines of(Optional<Machines> wanted, PtxAssembler assembler) {
        Set<Integer> known = assembler.machines();
        if (wanted.isEmpty()) {
            return new Machines(DEFAULT.numbers.stream().filter(known::contains).toList());
        }
        Machines unknown = new Machines(
                wanted.get().numbers.stream().filter(n -> !known.contains(n)).toList());
        if (!unknown.numbers.isEmpty()) {
            Machines all = new Machines(List.copyOf(known));
            throw new OctetException(ToolchainCode.UNKNOWN_MACHINE, unknown.text(), assembler.identity(), all.text());
        }
        return wanted.get();
    }

    /** The machines that run a target's PTX. */
    List<Integer> running(Target target) {
        return numbers.stream().filter(target::runsOn).toList();
    }

    /** As the setting is written. */
    String text() {
        return numbers.isEmpty() ? "none" : numbers.stream().map(n -> "sm_" + n).collect(Collectors.joining(","));
    }
}
