package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.ResourcePaths;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.calibrate.RangeRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FashionTableTest {
    @Test
    void theCommittedTableIsWhatEntropyCalibrationMakes() throws IOException {
        FashionData data = Fixtures.data();
        String fresh = Calibrator.of(FashionNetwork.spec(), Fixtures.FILES.weights())
                .mode(RangeRule.entropy())
                .run(IntStream.range(0, data.calibration().size()).mapToObj(data.calibration()::get))
                .write();

        assertThat(fresh).contains("\nexamples 500\n").isEqualTo(Files.readString(Fixtures.FILES.table()));
    }

    @Test
    void theBuildPutsTheCommittedTableIntoTheJar() throws IOException {
        String path = ResourcePaths.calibration(Fashion.class.getName());
        try (InputStream in = Fashion.class.getClassLoader().getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(Fixtures.FILES.table()));
        }
    }
}
