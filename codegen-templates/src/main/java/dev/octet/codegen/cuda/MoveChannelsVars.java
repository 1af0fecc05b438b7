package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.schedule.Schedule;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Variables of {@code channels.vm}; an item is a unit of lanes of a pixel of the result.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record MoveChannelsVars(String name, MoveChannels spec, Schedule.PerItem schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/channels.vm";
    }

    @Override
    public List<String> summary() {
        String result = spec.channels() + (spec.pitch() == spec.channels() ? "" : " (pitch " + spec.pitch() + ")");
        Stream<String> first = Stream.of("Moves channels of " + KernelVars.counted(operands(), "operand")
                + " to a result of " + result + ", " + KernelVars.counted(pixels(), "pixel") + " an image:");
        return Stream.concat(first, IntStream.range(0, operands()).mapToObj(this::move))
                .toList();
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return Set.of();
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    private String move(int operand) {
        MoveChannels.Run run = spec.runs().get(operand);
        return run.from() + ".." + (run.from() + run.count() - 1) + " of operand " + operand + " to " + run.to() + ".."
                + (run.to() + run.count() - 1);
    }

    /** Lanes that move at once. */
    private int unitLanes() {
        return spec.unit();
    }

    /** A unit for people: {@code 16 lanes}. */
    String unitText() {
        return KernelVars.counted(unitLanes(), "lane");
    }

    /** C type of a unit. */
    String type() {
        return switch (unitLanes()) {
            case 16 -> "uint4";
            case 4 -> "unsigned";
            default -> "unsigned char";
        };
    }

    /** Number of operands. */
    int operands() {
        return spec.runs().size();
    }

    int pixels() {
        return spec.pixels();
    }

    /** Units of a pixel of the result. */
    int units() {
        return spec.pitch() / unitLanes();
    }

    /** The unit of a thread. */
    String unit() {
        return units() == 1 ? "0" : "item % " + units() + "u";
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }

    /** Units of a pixel, by operand. */
    String pitches() {
        return list(run -> run.pitch() / unitLanes());
    }

    /** Where runs begin in their operands, in units. */
    String origins() {
        return list(run -> run.from() / unitLanes());
    }

    /** Where runs begin in the result, in units. */
    String begins() {
        return list(run -> run.to() / unitLanes());
    }

    /** Where runs end in the result, in units; the last may be partly zero. */
    String ends() {
        return list(run -> (run.to() + run.count() + unitLanes() - 1) / unitLanes());
    }

    private String list(ToIntFunction<MoveChannels.Run> number) {
        return spec.runs().stream()
                .map(run -> String.valueOf(number.applyAsInt(run)))
                .collect(Collectors.joining(", "));
    }
}
