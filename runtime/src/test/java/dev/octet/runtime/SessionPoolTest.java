package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionPoolTest {
    private final List<FakeSession> made = Collections.synchronizedList(new ArrayList<>());
    private final SessionPool pool = new SessionPool("test.Net", 2, () -> {
        FakeSession session = new FakeSession();
        made.add(session);
        return session;
    });

    /** Counts how often it was closed, and may fail to. */
    private static final class FakeSession implements DeviceSession {
        private int closed;
        private boolean broken;

        @Override
        public void run(int n, List<ByteBuffer> inputs, List<FloatBuffer> outputs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] value(int value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long deviceBytes() {
            return 10;
        }

        @Override
        public void close() {
            closed++;
            if (broken) {
                throw new IllegalStateException("broken");
            }
        }
    }

    private void runTwoAtOnce() throws InterruptedException {
        CyclicBarrier both = new CyclicBarrier(2);
        Runnable run = () -> pool.run(session -> await(both));
        Thread other = new Thread(run);
        other.start();
        run.run();
        other.join();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void makesASessionWhenNoneIsIdle() throws InterruptedException {
        pool.run(session -> {});
        pool.run(session -> {});
        assertThat(made).hasSize(1);
        runTwoAtOnce();
        assertThat(made).hasSize(2);
        assertThat(pool.open()).isEqualTo(2);
        assertThat(pool.bytes()).isEqualTo(20);
    }

    @Test
    void closesASessionWhoseRunFailed() {
        assertThatThrownBy(() -> pool.run(session -> {
                    throw new IllegalArgumentException("bad run");
                }))
                .hasMessage("bad run");
        assertThat(made.get(0).closed).isEqualTo(1);
        assertThat(pool.open()).isZero();
        assertThat(pool.bytes()).isZero();
        pool.run(session -> assertThat(session).isNotSameAs(made.get(0)));
    }

    @Test
    void waitsForTheRunBeforeItClosesAndRefusesTheNext() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        AtomicInteger closedDuringRun = new AtomicInteger(-1);
        Thread closer = new Thread(pool::close);
        Thread runner = new Thread(() -> pool.run(session -> {
            running.countDown();
            while (closer.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            closedDuringRun.set(made.get(0).closed);
        }));
        runner.start();
        running.await();
        closer.start();
        runner.join();
        closer.join();
        assertThat(closedDuringRun.get()).isZero();
        assertThat(made.get(0).closed).isEqualTo(1);
        assertThatThrownBy(() -> pool.run(session -> {}))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.CLOSED));
    }

    @Test
    void closesTheOthersWhenOneCannotBeClosed() throws InterruptedException {
        runTwoAtOnce();
        made.forEach(session -> session.broken = true);
        assertThatThrownBy(pool::close)
                .hasMessage("broken")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(made).allMatch(session -> session.closed == 1);
        pool.close();
        assertThat(pool.open()).isZero();
    }
}
