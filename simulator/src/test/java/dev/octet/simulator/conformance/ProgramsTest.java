package dev.octet.simulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.codegen.cuda.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Without a GPU: the programs run in the simulator without a fault, and assemble. */
class ProgramsTest {
    static Stream<Program> programs() {
        return Programs.all().stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void theSimulatorRunsThem(Program program) {
        byte[] output = SimulatedRun.of(program);

        assertThat(output).hasSize(program.outputBytes());
        assertThat(Recording.parse(
                                new Recording(List.of("test"), Map.of(program.hash(), output)).text(List.of(program)))
                        .outputs()
                        .get(program.hash()))
                .isEqualTo(output);
    }

    @Test
    void areTheSameEveryTime() {
        assertThat(Programs.all())
                .extracting(Program::hash)
                .isEqualTo(Programs.all().stream().map(Program::hash).toList())
                .doesNotHaveDuplicates();
    }

    /** Dozens of programs at a time, each with an entry of another name, for targets of all kinds. */
    @Test
    void ptxasAssemblesThem(@TempDir Path folder) throws IOException {
        assumeTrue(Commands.isFound("ptxas"), "assembling the programs needs ptxas on the PATH");
        Map<String, List<Program>> byHeader = new TreeMap<>();
        for (Program program : Programs.all()) {
            String header = program.ptx().substring(0, program.ptx().indexOf(".visible"));
            byHeader.computeIfAbsent(header, key -> new ArrayList<>()).add(program);
        }
        for (Map.Entry<String, List<Program>> group : byHeader.entrySet()) {
            StringBuilder module = new StringBuilder(group.getKey());
            for (Program program : group.getValue()) {
                String entry = program.ptx().substring(program.ptx().indexOf(".visible"));
                module.append("// ").append(program.name()).append('\n');
                module.append(entry.replaceFirst("\\.entry k", ".entry k" + program.hash()));
            }
            Path file = Files.writeString(folder.resolve("programs.ptx"), module);
            String machine = group.getKey().contains(".target sm_90a") ? "sm_90a" : "sm_90";
            Commands.run(folder, 120, List.of("ptxas", "-arch=" + machine, file.toString(), "-o", "programs.cubin"));
        }
    }
}
