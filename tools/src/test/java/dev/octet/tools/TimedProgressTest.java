package dev.octet.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimedProgressTest {
    @Test
    void tellsALineEachTenSeconds() {
        AtomicLong seconds = new AtomicLong();
        List<String> lines = new ArrayList<>();
        TimedProgress progress = new TimedProgress(lines::add, () -> 1_000_000_000L * seconds.get());
        for (int i = 1; i <= 25; i++) {
            seconds.incrementAndGet();
            progress.accept(8 * i);
        }
        assertThat(lines).containsExactly("80 images", "160 images");
    }

    /** The parts share the clock. */
    @Test
    void namesThePartOfTheWork() {
        AtomicLong seconds = new AtomicLong();
        List<String> lines = new ArrayList<>();
        TimedProgress progress = new TimedProgress(lines::add, () -> 1_000_000_000L * seconds.get());
        seconds.set(12);
        progress.part("FP32").accept(1);
        progress.part("INT8").accept(8);
        seconds.set(30);
        progress.part("INT8").accept(16);
        assertThat(lines).containsExactly("FP32: 1 image", "INT8: 16 images");
    }
}
