package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.Driver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Launches that begin early on a GPU of compute capability 9.0: that they do, and that nothing is read too early. */
@Tag("gpu")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DependentLaunchesGpuTest {
    private static final long SEED = Long.getLong("octet.test.seed", 20260129);
    private static final int LAUNCHES = 6;
    private static final int THREADS = 128;
    private static final int BLOCKS = 8;
    private static final int NUMBERS = THREADS * BLOCKS;
    /** Begin and end, in nanoseconds of the device's clock. */
    private static final int STAMP_BYTES = 2 * Long.BYTES;

    /** Notes when it begins, waits for its predecessor, does nothing for 100 us, and makes of each x 3 x + 1. */
    private static final String PTX = """
            .version 8.0
            .target sm_90
            .address_size 64
            .visible .entry chain_k(.param .align 8 .b8 args[40])
            {
            	.reg .pred %p<3>;
            	.reg .b32 %r<6>;
            	.reg .b64 %rd<12>;
            	mov.u64 %rd1, %globaltimer;
            	griddepcontrol.launch_dependents;
            	griddepcontrol.wait;
            	mov.u64 %rd2, %globaltimer;
            spin:
            	mov.u64 %rd3, %globaltimer;
            	sub.u64 %rd4, %rd3, %rd2;
            	setp.lt.u64 %p1, %rd4, 100000;
            	@%p1 bra spin;
            	ld.param.u64 %rd5, [args];
            	ld.param.u64 %rd6, [args+8];
            	ld.param.u64 %rd7, [args+16];
            	mov.u32 %r1, %ctaid.x;
            	mov.u32 %r2, %ntid.x;
            	mov.u32 %r3, %tid.x;
            	mad.lo.u32 %r1, %r1, %r2, %r3;
            	mul.wide.u32 %rd8, %r1, 4;
            	add.u64 %rd9, %rd5, %rd8;
            	add.u64 %rd10, %rd6, %rd8;
            	ld.global.u32 %r4, [%rd9];
            	mad.lo.u32 %r5, %r4, 3, 1;
            	st.global.u32 [%rd10], %r5;
            	setp.ne.u32 %p2, %r1, 0;
            	@%p2 bra done;
            	st.global.u64 [%rd7], %rd1;
            	mov.u64 %rd11, %globaltimer;
            	st.global.u64 [%rd7+8], %rd11;
            done:
            	ret;
            }
            """;

    @TempDir
    Path cache;

    private Driver driver;
    private Context context;
    private Context.Current current;
    private Context.Stream stream;
    private Context.Module module;
    private Context.Function function;
    private long numbers;
    private long others;
    private long stamps;

    @BeforeEach
    void open() {
        DriverProbe probe = DriverProbe.system();
        driver = probe.driver().orElseGet(() -> fail("no GPU: " + probe.reason()));
        context = driver.retain(0);
        current = context.enter();
        stream = current.newStream();
        module = current.load(PTX);
        function = current.function(module, "chain_k");
        numbers = current.allocate(NUMBERS * Integer.BYTES);
        others = current.allocate(NUMBERS * Integer.BYTES);
        stamps = current.allocate(LAUNCHES * STAMP_BYTES);
    }

    @AfterEach
    void close() {
        current.free(numbers);
        current.free(others);
        current.free(stamps);
        current.unload(module);
        current.destroy(stream);
        current.close();
        context.close();
    }

    private void enqueue(boolean dependent) {
        for (int i = 0; i < LAUNCHES; i++) {
            ByteBuffer arguments = ByteBuffer.allocateDirect(40).order(ByteOrder.LITTLE_ENDIAN);
            arguments.putLong(0, i % 2 == 0 ? numbers : others).putLong(8, i % 2 == 0 ? others : numbers);
            arguments.putLong(16, stamps + (long) i * STAMP_BYTES);
            current.launch(function, new Context.Extents(BLOCKS, 1, THREADS, 0, dependent && i > 0), arguments, stream);
        }
    }

    @Test
    void theDriverHasTheFunction() {
        assertThat(new DependentLaunches(driver.version(), cache).function()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void beginEarlyAndComputeTheSame(boolean dependent, boolean recorded) {
        byte[] bytes = new byte[NUMBERS * Integer.BYTES];
        new Random(SEED).nextBytes(bytes);
        current.upload(numbers, bytes);
        int runs = 3;
        if (recorded) {
            Context.Graph graph = current.record(stream, () -> enqueue(dependent));
            for (int i = 0; i < runs; i++) {
                current.launch(graph, stream);
            }
            current.synchronize(stream);
            current.destroy(graph);
        } else {
            for (int i = 0; i < runs; i++) {
                enqueue(dependent);
            }
            current.synchronize(stream);
        }
        check(bytes, runs * LAUNCHES);
        assertThat(early()).as("of %d launches", LAUNCHES - 1).isEqualTo(dependent ? LAUNCHES - 1 : 0);
    }

    private void check(byte[] before, int launches) {
        byte[] after = new byte[before.length];
        current.download(after, numbers);
        for (int i = 0; i < NUMBERS; i++) {
            int expected = integer(before, i);
            for (int j = 0; j < launches; j++) {
                expected = 3 * expected + 1;
            }
            assertThat(integer(after, i)).as("number %d, seed %d", i, SEED).isEqualTo(expected);
        }
    }

    private static int integer(byte[] bytes, int index) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(index * Integer.BYTES);
    }

    /** How many launches of the last run began before the end of the one before. */
    private long early() {
        byte[] bytes = new byte[LAUNCHES * STAMP_BYTES];
        current.download(bytes, stamps);
        ByteBuffer times = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int early = 0;
        for (int i = 1; i < LAUNCHES; i++) {
            if (times.getLong(i * STAMP_BYTES) < times.getLong((i - 1) * STAMP_BYTES + Long.BYTES)) {
                early++;
            }
        }
        return early;
    }
}
