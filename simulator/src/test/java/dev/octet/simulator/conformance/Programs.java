package dev.octet.simulator.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All programs, the same in every run. */
final class Programs {
    private Programs() {}

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
