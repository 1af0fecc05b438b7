package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The GPU calibrates the example's network as the CPU does, to the byte. */
class FashionCalibrationGpuTest {
    @Tag("gpu")
    @Tag("calibrate")
    @Test
    void everyTableIsTheCpus() {
        int images = Fixtures.data().calibration().size();
        List<String> expected = Calibrations.on("cpu", images, 8);
        assertThat(Calibrations.on("cuda:0", images, 100)).isEqualTo(expected);
        assertThat(Calibrations.on("best", images, 7)).isEqualTo(expected);
    }
}
