package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionPoolTest {
    private final List<FakeSession> made = new ArrayList<>();

    private SessionPool pool(int capacity) {
        return new SessionPool("com.acme.Net", capacity, () -> {
            FakeSession session = new FakeSession();
            synchronized (made) {
                made.add(session);
            }
            return session;
        });
    }

    /** A session of 100 bytes. */
    private static final class FakeSession implements DeviceSession {
        private final AtomicInteger users = new AtomicInteger();
        private volatile boolean closed;

        @Override
        public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
            assertThat(closed).as("a closed session runs").isFalse();
            assertThat(users.incrementAndGet()).as("users of a session").isEqualTo(1);
            Thread.yield();
            users.decrementAndGet();
        }

        @Override
        public byte[] value(int value) {
            return new byte[0];
        }

        @Override
        public long deviceBytes() {
            return 100;
        }

        @Override
        public void close() {
            assertThat(closed).as("closed before").isFalse();
            assertThat(users.get()).as("users at the end").isZero();
            closed = true;
        }
    }

    private static void use(DeviceSession session) {
        session.run(1, List.of(), List.of());
    }

    @Test
    void sessionsAreMadeWhenNeededAndUsedAgain() {
        try (SessionPool pool = pool(3)) {
            assertThat(made).isEmpty();
            pool.run(SessionPoolTest::use);
            pool.run(SessionPoolTest::use);
            assertThat(made).hasSize(1);
            pool.run(outer -> pool.run(SessionPoolTest::use));
            assertThat(made).hasSize(2);
            assertThat(pool.bytes()).isEqualTo(200);
        }
        assertThat(made).allMatch(session -> session.closed);
    }

    @Test
    void threadsShareAtMostTheCapacity() throws Exception {
        SessionPool pool = pool(3);
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    pool.run(SessionPoolTest::use);
                }
            });
            thread.setUncaughtExceptionHandler((who, what) -> {
                synchronized (failures) {
                    failures.add(what);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(made).hasSizeBetween(1, 3);
        pool.close();
        assertThat(pool.open()).isZero();
        assertThat(pool.bytes()).isZero();
    }

    @Test
    void aFailedRunEndsItsSessionAndFreesItsPlace() {
        try (SessionPool pool = pool(1)) {
            assertThatThrownBy(() -> pool.run(session -> {
                        throw new IllegalStateException("device lost");
                    }))
                    .hasMessage("device lost");
            assertThat(made.get(0).closed).isTrue();
            assertThat(pool.open()).isZero();
            pool.run(SessionPoolTest::use);
            assertThat(made).hasSize(2);
        }
    }

    @Test
    void aSessionThatCannotBeMadeLeavesThePoolUsable() {
        AtomicInteger attempts = new AtomicInteger();
        SessionPool pool = new SessionPool("com.acme.Net", 1, () -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("no memory");
            }
            return new FakeSession();
        });
        assertThatThrownBy(() -> pool.run(SessionPoolTest::use)).hasMessage("no memory");
        pool.run(SessionPoolTest::use);
        pool.close();
    }

    @Test
    void closingWaitsForTheRunUnderWayAndRefusesThoseThatWait() throws Exception {
        SessionPool pool = pool(1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Thread runner = new Thread(() -> pool.run(session -> {
            running.countDown();
            awaitQuietly(finish);
            use(session);
        }));
        runner.start();
        running.await();
        AtomicInteger refused = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            try {
                pool.run(SessionPoolTest::use);
            } catch (OctetException e) {
                refused.addAndGet(e.code() == RuntimeCode.CLOSED ? 1 : 100);
            }
        });
        waiter.start();
        awaitState(waiter, Thread.State.WAITING);
        Thread closer = new Thread(pool::close);
        closer.start();
        awaitState(closer, Thread.State.WAITING);
        assertThat(made.get(0).closed).isFalse();
        finish.countDown();
        for (Thread thread : List.of(runner, waiter, closer)) {
            thread.join();
        }
        assertThat(made).hasSize(1);
        assertThat(made.get(0).closed).isTrue();
        assertThat(refused.get()).isEqualTo(1);
        assertThatThrownBy(() -> pool.run(SessionPoolTest::use)).isInstanceOf(OctetException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anInterruptedWaiterSaysSoAndStaysInterrupted() {
        SessionPool pool = pool(1);
        pool.run(session -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.run(SessionPoolTest::use))
                    .isInstanceOfSatisfying(
                            OctetException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.INTERRUPTED));
            assertThat(Thread.interrupted()).isTrue();
        });
        pool.close();
    }
}
