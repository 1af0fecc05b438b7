package dev.octet.simulator.execute;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A decoded kernel.
 *
 * @param name its name
 * @param capability compute capability that it is for, such as 80
 * @param operations operations in order, the last one an exit
 * @param registers its registers
 * @param parameterBytes bytes of all parameters
 * @param constants bytes of the module's constant variables
 * @param sharedBytes bytes of its shared variables without those whose size the launch decides
 * @param bytewiseShared whether it may access single bytes of shared memory, not whole words only
 * @param partialBarriers whether it has barriers that order some warps of a block and not others
 * @param localBytes bytes of its local variables, for each thread
 * @param mostThreads threads per block that it permits; empty if it does not say
 * @param exactThreads threads per block that it requires; empty if it does not say
 */
public record Program(
        String name,
        int capability,
        List<Operation> operations,
        RegisterLayout registers,
        int parameterBytes,
        byte[] constants,
        int sharedBytes,
        boolean bytewiseShared,
        boolean partialBarriers,
        int localBytes,
        Optional<Integer> mostThreads,
        Optional<Integer> exactThreads) {
    public Program {
        Objects.requireNonNull(name);
        operations = List.copyOf(operations);
        Objects.requireNonNull(registers);
        constants = constants.clone();
        Objects.requireNonNull(mostThreads);
        Objects.requireNonNull(exactThreads);
    }

    /** The same under another name. */
    public Program named(String other) {
        return new Program(
                other,
                capability,
                operations,
                registers,
                parameterBytes,
                constants,
                sharedBytes,
                bytewiseShared,
                partialBarriers,
                localBytes,
                mostThreads,
                exactThreads);
    }

    String registerName(RegisterSet.Kind kind, int number) {
        return switch (kind) {
            case WORD -> registers.wordNames().get(number);
            case LONG -> registers.longNames().get(number);
            case PREDICATE -> registers.predicateNames().get(number);
        };
    }
}
