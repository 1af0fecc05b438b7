package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** The caller learns of it by a diagnostic and stays interrupted; the work under way is stopped too. */
    @Test
    void anInterruptIsADiagnosticAndEndsTheWork() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(2);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Parallel(2).map(List.of(1, 2), i -> waitForAnInterrupt(stopped)))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(ToolchainCode.NOT_STARTED))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(stopped.await(30, TimeUnit.SECONDS)).as("workers ended").isTrue();
    }

    private static boolean waitForAnInterrupt(CountDownLatch stopped) {
        try {
            return new CountDownLatch(1).await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        } finally {
            stopped.countDown();
        }
    }
}
