package dev.octet.simulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The simulator gives, bit for bit, what a GPU gave. */
class ReplayTest {
    private static final String REMEDY = "; programs and recording do not belong together: make a new recording with"
            + " 'run record <file>' of scripts/gpu-bundle and put it where gpu-results.txt is";

    private static final Recording RECORDING = Recording.committed();
    private static final Set<String> NOT_YET = NotRecorded.programs();

    @TestFactory
    Stream<DynamicTest> theSimulatorGivesWhatTheGpuGave() {
        return Programs.all().stream().map(program -> dynamicTest(program.name(), () -> replay(program)));
    }

    private static void replay(Program program) {
        byte[] recorded = RECORDING.outputs().get(program.hash());
        assumeTrue(
                recorded != null || !NOT_YET.contains(program.name()),
                "not-recorded.txt says that " + program.name() + " is not recorded yet: run 'run record <file>' of"
                        + " scripts/gpu-bundle on a GPU");
        assertThat(recorded)
                .as("no result for %s in the recording of %s%s", program.name(), RECORDING.origin(), REMEDY)
                .isNotNull();
        assertThat(Difference.of(program, SimulatedRun.of(program), recorded)).isEmpty();
    }

    @Test
    void nothingIsRecordedOfProgramsThatAreGone() {
        Set<String> gone = new TreeSet<>(RECORDING.outputs().keySet());
        gone.removeAll(Programs.all().stream().map(Program::hash).collect(Collectors.toSet()));

        assertThat(gone).as("hashes without a program%s", REMEDY).isEmpty();
    }

    @Test
    void onlyProgramsThatAreNotRecordedAreListedSo() {
        Set<String> waiting = Programs.all().stream()
                .filter(program -> !RECORDING.outputs().containsKey(program.hash()))
                .map(Program::name)
                .collect(Collectors.toSet());

        assertThat(waiting).as("strike from not-recorded.txt what is recorded").containsAll(NOT_YET);
    }

    @Test
    void theRecordingSaysWhereItComesFrom() {
        assertThat(String.join("\n", RECORDING.origin()))
                .contains("device NVIDIA", "driver version ")
                .containsPattern("date 20\\d\\d-\\d\\d-\\d\\d");
    }
}
