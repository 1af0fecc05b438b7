package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.Net;
import dev.octet.plan.Plan;
import dev.octet.testkit.JavaProcess;
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

    private SampleNetwork calibrated() {
        Path weights = TensorFile.write(SmallDefinition.plan(2).fp32(), 3, folder.resolve("small.safetensors"));
        SampleNetwork sample =
                new SampleNetwork(SmallDefinition.plan(2), folder).writePlan().writeWeights(weights);
        sample.writeTable(Calibrator.of(sample.spec(), weights).device("best").run(Stream.of(IMAGE, IMAGE, IMAGE)));
        return sample;
    }

    /** Calibrates on whatever is best, opens, and runs on both ways; a call that fails leaves no event. */
    private void work() {
        SampleNetwork sample = calibrated();
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

    /** A network opens and runs where the Flight Recorder is not part of Java. */
    @Test
    void isNotNeeded() {
        calibrated();
        JavaProcess.Result result = JavaProcess.withClassPath(
                        Stream.of(Network.class, Plan.class, WithoutFlightRecorder.class, Net.class)
                                .map(JavaProcess::home)
                                .toList())
                .options("--limit-modules", "java.base,java.logging,java.desktop")
                .run(WithoutFlightRecorder.class, folder.toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualToIgnoringNewLines("flight recorder: false, classes: 5");
    }

    /** The process. */
    static final class WithoutFlightRecorder {
        private WithoutFlightRecorder() {}

        public static void main(String[] arguments) {
            NetworkSpec spec = NetworkSpec.of(SampleNetwork.NAME, FolderLoader.anchor(Path.of(arguments[0])));
            try (Network network = Network.open(spec, Options.onDevice("cpu"))) {
                System.out.println("flight recorder: "
                        + ModuleLayer.boot().findModule("jdk.jfr").isPresent() + ", classes: "
                        + network.run(IMAGE).length);
            }
        }
    }
}
