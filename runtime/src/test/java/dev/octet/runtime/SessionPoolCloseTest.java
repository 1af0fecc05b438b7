package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.runtime.device.DeviceSession;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionPoolCloseTest {
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
        public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
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
