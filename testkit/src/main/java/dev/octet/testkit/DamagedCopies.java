package dev.octet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Hands many damaged copies of good files to a reader. Each copy is either read or refused with a diagnostic of the
 * expected area; nothing else is thrown, and neither memory nor time goes beyond what the copy's size explains. Cases do
 * not depend on each other: {@code -Dtestkit.case=<number>} runs a single one again.
 */
public final class DamagedCopies {
    private static final String ONE_CASE = "testkit.case";
    private static final long SEED = 20_261_123;
    private static final long BASE_BYTES = 4 << 20;
    private static final long BYTES_PER_BYTE = 256;
    private static final long NANOS = 2_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String area;
    private final List<byte[]> files;
    private long baseBytes = BASE_BYTES;
    private int read;
    private int refused;

    private DamagedCopies(String area, List<byte[]> files) {
        this.area = area;
        this.files = files;
    }

    /** Reads a file, and uses what it read; false if it refuses the file without throwing. */
    @FunctionalInterface
    public interface Reader {
        /** Reads a file. */
        boolean read(byte[] bytes) throws Exception;
    }

    /**
     * Copies of good files.
     *
     * @param area diagnostics of the reader begin with {@code OCTET-<area>-}; a pattern, if there are several
     * @param files what is damaged, in turns; also joined to each other
     */
    public static DamagedCopies of(String area, byte[]... files) {
        return new DamagedCopies(area, List.of(files));
    }

    /** Lets a reader allocate more than the default of 4 MiB for a case, whatever the file's size. */
    public DamagedCopies allocating(long bytes) {
        baseBytes = bytes;
        return this;
    }

    /**
     * Reads {@code cases} damaged copies. Both outcomes must occur, else the test shows nothing.
     *
     * @param leastRead least number of copies that are read in spite of the damage
     */
    public void check(int cases, int leastRead, Reader reader) throws Exception {
        for (byte[] file : files) {
            assertThat(reader.read(file.clone())).as("undamaged").isTrue();
        }
        Integer only = Integer.getInteger(ONE_CASE);
        if (only != null) {
            one(only, reader);
            return;
        }
        for (int i = 0; i < cases; i++) {
            one(i, reader);
        }
        assertThat(read + refused).as("cases").isEqualTo(cases);
        assertThat(read).as("copies that were read").isGreaterThanOrEqualTo(leastRead);
        assertThat(refused).as("copies that were refused").isGreaterThan(cases / 10);
    }

    private void one(int number, Reader reader) {
        byte[] file = files.get(number % files.size());
        byte[] other = files.get(number / files.size() % files.size());
        Mutator mutator = new Mutator(new SplittableRandom(SEED + number).nextLong());
        byte[] damaged = mutator.mutate(file, other);
        String name = "case " + number + " of seed " + SEED + " (again: -D" + ONE_CASE + "=" + number + "), "
                + damaged.length + " bytes";
        long thread = Thread.currentThread().getId();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        long time = THREADS.getThreadCpuTime(thread);
        outcome(name, damaged, reader);
        assertThat(THREADS.getThreadCpuTime(thread) - time)
                .as("CPU nanoseconds of %s", name)
                .isLessThan(NANOS);
        assertThat(THREADS.getThreadAllocatedBytes(thread) - allocated)
                .as("allocated bytes of %s", name)
                .isLessThan(baseBytes + BYTES_PER_BYTE * damaged.length);
    }

    private void outcome(String name, byte[] damaged, Reader reader) {
        try {
            boolean good = reader.read(damaged);
            read += good ? 1 : 0;
            refused += good ? 0 : 1;
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            if (!String.valueOf(e.getMessage()).matches("(?s)\\[OCTET-(" + area + ")-[0-9]{3}] .*")) {
                throw new AssertionError(name + ": " + e, e);
            }
            assertThat(e.getMessage()).as("message of %s", name).hasSizeLessThan(1500);
            refused++;
        } catch (AssertionError e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }
}
