package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.Target;
import dev.octet.tools.tune.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
    private static final Row FIRST = new Row.Control("before", new Times(1, 1, 1, 5));
    private static final Row SECOND = new Row.Clocks("after", "1980 MHz");

    @Test
    void hasWhatWasAppended(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("log.jsonl");
        Log.append(file, FIRST);
        Log.append(file, SECOND);
        assertThat(Log.read(file).rows()).containsExactly(FIRST, SECOND);
        assertThat(Log.read(file).of(Row.Clocks.class)).containsExactly((Row.Clocks) SECOND);
    }

    @Test
    void saysWhichLineIsWrong(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("log.jsonl");
        Files.writeString(file, FIRST.json() + "\nTraceback\n");
        assertThatThrownBy(() -> Log.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ":2: line 1: expected a value");
    }

    /** The best kernels' rate is known, and times of peers only for networks that are measured. */
    @Test
    void knowsWhatIsRecorded() throws IOException {
        Log recorded = Log.recorded();
        assertThat(recorded.of(Row.Rate.class).map(Row.Rate::target))
                .contains(Target.values()[Target.values().length - 1].text());
        assertThat(recorded.of(Row.Recorded.class)).hasSize(9).allSatisfy(row -> {
            assertThat(BenchmarkNetwork.of(row.network())).isNotNull();
            assertThat(BenchmarkNetwork.BATCHES).contains(row.batch());
            assertThat(row.micros()).isBetween(100.0, 4000.0);
        });
    }
}
