package dev.octet.simulator.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All programs, the same in every run. */
public final class Programs {
    private static final Pattern INSTRUCTION =
            Pattern.compile("(?m)^(?:\\w+: *)?(?:@!?%\\w+ +)?([a-z]\\w*(?:\\.[\\w:]+)*)[ ;]");

    private Programs() {}

    /** The instructions of all programs, with their modifiers. */
    public static SortedSet<String> mnemonics() {
        return all().stream()
                .flatMap(program -> mnemonics(program.ptx()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The instructions of a module, with their modifiers. */
    public static SortedSet<String> mnemonics(String ptx) {
        return INSTRUCTION
                .matcher(ptx.replaceAll("(?m)^[ \\t]+", ""))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The programs by family; their names are unique. */
    static List<Program> all() {
        List<Program> programs = Stream.of(
                        IntegerPrograms.all(),
                        BitPrograms.all(),
                        FloatPrograms.all(),
                        ConversionPrograms.all(),
                        ComparisonPrograms.all(),
                        MovePrograms.all(),
                        MemoryPrograms.all(),
                        AtomicPrograms.all(),
                        CopyPrograms.all(),
                        CollectivePrograms.all(),
                        MatrixPrograms.all(),
                        WarpgroupPrograms.all(),
                        ControlPrograms.all())
                .flatMap(List::stream)
                .toList();
        Set<String> names = new HashSet<>();
        for (Program program : programs) {
            if (!names.add(program.name())) {
                throw new IllegalStateException("two programs are named '" + program.name() + "'");
            }
        }
        return programs;
    }
}
