package dev.octet.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    /** A clock of the JVM may begin anywhere, and turn over. */
    @Test
    void passesWhenItsTimeIsOver() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 3);
        TimeLimit limit = TimeLimit.in(Duration.ofNanos(10), clock::get);
        assertThat(limit.passed()).isFalse();
        clock.addAndGet(9);
        assertThat(limit.passed()).isFalse();
        clock.addAndGet(1);
        assertThat(limit.passed()).isTrue();
    }

    @Test
    void ofNothingNeverPasses() {
        assertThat(TimeLimit.NONE.passed()).isFalse();
        assertThat(TimeLimit.in(Duration.ofDays(1)).passed()).isFalse();
    }
}
