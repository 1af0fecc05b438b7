package dev.octet.codegen.cuda;

import dev.octet.compiler.schedule.Schedule;
import java.util.List;

/**
 * Variables of {@code f32_largest.vm}.
 *
 * @param name entry point
 * @param schedule how it divides the work
 */
record FloatLargestVars(String name, Schedule.Runs schedule) implements FloatStatisticVars {
    @Override
    public String template() {
        return "cuda/f32_largest.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Largest magnitude of floats.");
    }
}
