package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightEventTest {
    private static final byte[] IMAGE = new byte[3 * 12 * 11];

    @TempDir
    private Path folder;

    /** Calibrates, opens, and runs on both ways; a call that fails leaves no event. */
    private void work() {
        Path weights = TensorFile.write(SmallDefinition.plan(2).fp32(), 3, folder.resolve("small.safetensors"));
        SampleNetwork sample =
                new SampleNetwork(SmallDefinition.plan(2), folder).writePlan().writeWeights(weights);
        sample.writeTable(Calibrator.of(sample.spec(), weights).run(Stream.of(IMAGE, IMAGE, IMAGE)));
        try (Network network = Network.open(sample.spec(), Options.onDevice("cpu"));
                Session session = network.newSession()) {
            network.run(IMAGE);
            session.run(2);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> session.run(3)))
                    .isNotNull();
        }
    }

    @Test
    void recordsLoadsRunsAndCalibrations() throws IOException {
        Path file = folder.resolve("octet.jfr");
        try (Recording recording = new Recording()) {
            List.of("Load", "Run", "Calibration")
                    .forEach(name -> recording.enable("dev.octet." + name).withThreshold(java.time.Duration.ZERO));
            recording.start();
            work();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.octet."))
                .toList();
        assertThat(events)
                .extracting(event -> event.getEventType().getName().substring(10) + " " + event.getInt("images"))
                .containsExactlyInAnyOrder("Calibration 3", "Load 2", "Run 1", "Run 2");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getString("network")).isEqualTo(SampleNetwork.NAME);
            assertThat(event.getString("device")).isEqualTo("cpu");
            assertThat(event.getDuration()).isPositive();
            assertThat(event.getEventType().getCategoryNames()).containsExactly("Octet");
        });
    }
}
