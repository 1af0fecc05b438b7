package dev.octet.simulator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Of two threads whose blocks meet at the same moment, at least one notices. */
class ConcurrentBlocksTest {
    private static final int ROUNDS = 20_000;
    private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(3);

    @AfterAll
    static void close() {
        EXECUTOR.shutdown();
    }

    @FunctionalInterface
    private interface Access {
        void of(Allocation allocation, int at);
    }

    /** In how many rounds no thread noticed that it met another one. */
    private static int unnoticed(Access... accesses) throws Exception {
        Allocation allocation = new Allocation(0, ROUNDS);
        CyclicBarrier start = new CyclicBarrier(accesses.length);
        List<Future<boolean[]>> threads = new ArrayList<>();
        for (Access access : accesses) {
            threads.add(EXECUTOR.submit(rounds(start, access, allocation)));
        }
        boolean[] noticed = new boolean[ROUNDS];
        for (Future<boolean[]> thread : threads) {
            boolean[] own = thread.get();
            for (int i = 0; i < ROUNDS; i++) {
                noticed[i] |= own[i];
            }
        }
        int count = 0;
        for (boolean one : noticed) {
            count += one ? 0 : 1;
        }
        return count;
    }

    private static Callable<boolean[]> rounds(CyclicBarrier start, Access access, Allocation allocation) {
        return () -> {
            boolean[] met = new boolean[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                start.await();
                try {
                    access.of(allocation, i);
                } catch (ConcurrentBlocks.Meeting e) {
                    met[i] = true;
                }
            }
            return met;
        };
    }

    private static Access reads(int block) {
        return (allocation, at) -> ConcurrentBlocks.read(allocation, at, 1, block);
    }

    private static Access writes(int block) {
        return (allocation, at) -> ConcurrentBlocks.write(allocation, at, 1, block);
    }

    @Test
    void aReaderAndAWriterMeet() throws Exception {
        assertThat(unnoticed(reads(1), writes(2))).isZero();
    }

    @Test
    void twoWritersMeet() throws Exception {
        assertThat(unnoticed(writes(1), writes(2))).isZero();
    }

    @Test
    void aWriterThatReadsItselfMeetsAReader() throws Exception {
        Access both = (allocation, at) -> {
            reads(2).of(allocation, at);
            writes(2).of(allocation, at);
        };
        assertThat(unnoticed(reads(1), both, reads(3))).isZero();
    }

    @Test
    void readersAndBlocksApartDoNotMeet() throws Exception {
        assertThat(unnoticed(reads(1), reads(2), reads(3))).isEqualTo(ROUNDS);
        assertThat(unnoticed(writes(1), (allocation, at) -> writes(2).of(allocation, ROUNDS - 1 - at)))
                .isLessThan(ROUNDS);
    }
}
