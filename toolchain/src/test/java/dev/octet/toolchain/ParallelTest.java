package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParallelTest {
    @Test
    void keepsTheOrderOfResultsAndFailures() {
        assertThat(new Parallel(3).map(List.of(5, 4, 3, 2, 1), i -> -i)).containsExactly(-5, -4, -3, -2, -1);
        assertThatThrownBy(() -> new Parallel(3).map(List.of(0, 1, 2), ParallelTest::refuseAllButZero))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1");
    }

    private static int refuseAllButZero(int i) {
        if (i > 0) {
            throw new IllegalArgumentException(String.valueOf(i));
        }
        return i;
    }

    /** The caller learns of it by a diagnostic and stays interrupted; by then the work under way has stopped. */
    @Test
    void anInterruptIsADiagnosticAndEndsTheWork() {
        CountDownLatch stopped = new CountDownLatch(2);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Parallel(2).map(List.of(1, 2), i -> waitForAnInterrupt(stopped)))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(ToolchainCode.INTERRUPTED))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(stopped.getCount()).as("workers at work").isZero();
    }

    /** Waits for an interrupt, then takes a moment to clear up. */
    private static int waitForAnInterrupt(CountDownLatch stopped) {
        try {
            Thread.sleep(30_000);
        } catch (InterruptedException e) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            stopped.countDown();
        }
        return 0;
    }

    private static int waitForAnInterrupt(CountDownLatch started, CountDownLatch stopped) {
        started.countDown();
        return waitForAnInterrupt(stopped);
    }

    private static int failAfter(CountDownLatch started) {
        try {
            started.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new IllegalArgumentException("1");
    }

    @Test
    void aFailureEndsTheWork() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        assertThatThrownBy(() -> new Parallel(2)
                        .map(List.of(1, 2), i -> i == 1 ? failAfter(started) : waitForAnInterrupt(started, stopped)))
                .hasMessage("1");
        assertThat(stopped.getCount()).as("workers at work").isZero();
    }
}
