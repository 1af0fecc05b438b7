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
 * @param traits what of its instructions decides how it is executed
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
        Traits traits,
        int localBytes,
        Optional<Integer> mostThreads,
        Optional<Integer> exactThreads) {
    /**
     * What a kernel's instructions may do.
     *
     * @param bytewiseShared access single bytes of shared memory, not whole words only
     * @param partialBarriers meet at barriers that order some warps of a block and not others
     * @param warpgroupProducts multiply matrices by warpgroups
     * @param dependentLaunch wait for the kernels before, so that it may begin before they have ended
     */
    public record Traits(
            boolean bytewiseShared, boolean partialBarriers, boolean warpgroupProducts, boolean dependentLaunch) {}

    public Program {
        Objects.requireNonNull(name);
        operations = List.copyOf(operations);
        Objects.requireNonNull(registers);
        constants = constants.clone();
        Objects.requireNonNull(traits);
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
                traits,
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
