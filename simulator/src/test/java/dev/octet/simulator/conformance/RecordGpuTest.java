package dev.octet.simulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs every program on a GPU and in the simulator. With {@code -Doctet.record=<file>} the GPU's results are written
 * there, whether the simulator agrees or not: they are what it has to agree with. {@code -Doctet.record.driver} names the
 * driver's version for the file's header.
 */
@Tag("gpu")
@Tag("record")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordGpuTest {
    private final Map<String, byte[]> outputs = new TreeMap<>();
    private final GpuRun gpu = new GpuRun();

    @TestFactory
    Stream<DynamicTest> theSimulatorAgrees() {
        return Programs.all().stream().map(program -> dynamicTest(program.name(), () -> compare(program)));
    }

    private void compare(Program program) {
        byte[] output = gpu.run(program);
        outputs.put(program.hash(), output);
        assertThat(Difference.of(program, SimulatedRun.of(program), output)).isEmpty();
    }

    @AfterAll
    void write() throws IOException {
        try {
            String file = System.getProperty("octet.record", "");
            if (!file.isEmpty()) {
                Recording recording = new Recording(origin(), outputs);
                Files.writeString(Path.of(file), recording.text(Programs.all()));
            }
        } finally {
            gpu.close();
        }
    }

    private List<String> origin() {
        return List.of(
                "Results of the conformance programs, as the GPU gave them: hash of the program, output, name.",
                "device " + gpu.device(),
                "driver version " + System.getProperty("octet.record.driver", "unknown"),
                "date " + LocalDate.now(ZoneOffset.UTC));
    }
}
