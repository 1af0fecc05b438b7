package dev.octet.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What NVIDIA's driver refuses, this one refuses too. */
class SimulatedContextTest {
    /** Stores the number at 8 in its argument where the pointer at 0 points. */
    private static final String PTX = """
            .version 5.0
            .target sm_61
            .address_size 64
            .visible .entry store_k(.param .align 8 .b8 args[16])
            {
            	.reg .b32 %r<2>;
            	.reg .b64 %rd<2>;
            	ld.param.u64 %rd1, [args];
            	ld.param.u32 %r1, [args+8];
            	st.global.u32 [%rd1], %r1;
            	ret;
            }
            """;

    private final SimulatedDriver driver =
            new SimulatedDriver(Target.SM_61, SimulatorOptions.defaults().withThreads(1));
    private final Context context = driver.retain(0);
    private Context.Current current;
    private Context.Stream stream;
    private Context.Module module;
    private Context.Function function;
    private long address;

    @BeforeEach
    void begin() {
        current = context.enter();
        stream = current.newStream();
        module = current.load(PTX);
        function = current.function(module, "store_k");
        address = current.allocate(4);
    }

    @AfterEach
    void end() {
        current.close();
        context.close();
    }

    private ByteBuffer arguments(int value) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, address)
                .putInt(8, value);
    }

    private void launch(int sharedBytes, ByteBuffer arguments) {
        current.launch(function, new Context.Extents(1, 1, 1, sharedBytes), arguments, stream);
    }

    private int stored() {
        byte[] bytes = new byte[4];
        current.download(bytes, address);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static void assertAnswers(int result, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.result()).isEqualTo(result));
    }

    @Test
    void aRecordingKeepsTheArgumentsOfItsMoment() {
        ByteBuffer arguments = arguments(1);
        Context.Graph graph = current.record(stream, () -> launch(0, arguments));
        arguments.putInt(8, 2);
        launch(0, arguments(3));
        current.launch(graph, stream);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aRecordingDoesNothing() {
        launch(0, arguments(7));
        current.record(stream, () -> launch(0, arguments(8)));
        assertThat(stored()).isEqualTo(7);
    }

    @Test
    void aRecordingHoldsOnlyWorkForItsStream() {
        Context.Stream other = current.newStream();
        assertAnswers(900, () -> current.record(stream, () -> current.fill(address, (byte) 0, 4, other)));
        assertAnswers(900, () -> current.record(stream, () -> current.synchronize(stream)));
        assertAnswers(900, () -> current.record(stream, () -> current.allocate(4)));
        launch(0, arguments(5));
        assertThat(stored()).as("the stream works as before").isEqualTo(5);
    }

    /** Whatever else stands between two launches, the second cannot begin before the first has ended. */
    @Test
    void aDependentLaunchFollowsALaunch() {
        Context.Event event = current.newEvent();
        assertAnswers(1, this::launchDependently);
        launch(0, arguments(1));
        launchDependently();
        launchDependently();
        assertThat(stored()).isEqualTo(9);
        current.discard(address, 4, stream);
        launchDependently();
        current.record(event, stream);
        assertAnswers(1, this::launchDependently);
        launch(0, arguments(1));
        current.fill(address, (byte) 0, 4, stream);
        assertAnswers(1, this::launchDependently);
        assertThat(stored()).isZero();
    }

    @Test
    void aDependentLaunchCannotBeginARecordingNorFollowOne() {
        launch(0, arguments(1));
        assertAnswers(1, () -> current.record(stream, this::launchDependently));
        Context.Graph graph = current.record(stream, () -> {
            launch(0, arguments(2));
            launchDependently();
        });
        assertAnswers(1, this::launchDependently);
        current.launch(graph, stream);
        assertThat(stored()).isEqualTo(9);
        assertAnswers(1, this::launchDependently);
    }

    private void launchDependently() {
        current.launch(function, new Context.Extents(1, 1, 1, 0, true), arguments(9), stream);
    }

    @Test
    void whatWasGivenBackIsRefused() {
        Context.Graph graph = current.record(stream, () -> launch(0, arguments(1)));
        current.destroy(graph);
        assertAnswers(400, () -> current.launch(graph, stream));
        Context.HostMemory host = current.allocateHost(4);
        current.free(host);
        assertAnswers(400, () -> current.upload(address, host, 4, stream));
        assertAnswers(400, () -> current.free(host));
        current.unload(module);
        assertAnswers(400, () -> launch(0, arguments(1)));
        current.destroy(stream);
        assertAnswers(400, () -> current.synchronize(stream));
    }

    @Test
    void sharedMemoryBeyondThePlainOneMustBeAsked() {
        try (Context newer = new SimulatedDriver(Target.SM_80, SimulatorOptions.defaults()).retain(0);
                Context.Current there = newer.enter()) {
            Context.Function same = there.function(there.load(PTX), "store_k");
            Context.Stream queue = there.newStream();
            Context.Extents large = new Context.Extents(1, 1, 1, 50_000);
            ByteBuffer arguments = arguments(1).putLong(0, there.allocate(4));
            assertAnswers(1, () -> there.launch(same, large, arguments, queue));
            assertAnswers(1, () -> there.allowSharedMemory(same, 200_000));
            there.allowSharedMemory(same, 50_000);
            there.launch(same, large, arguments, queue);
        }
        assertAnswers(1, () -> current.allowSharedMemory(function, 50_000));
    }

    /** What begins early has to wait itself; on older devices nothing begins early. */
    @Test
    void aDependentLaunchWaitsForTheKernelsBefore() {
        String waiting = PTX.replace("sm_61", "sm_90a").replace("\tst.global", "\tgriddepcontrol.wait;\n\tst.global");
        try (Context hopper = new SimulatedDriver(Target.SM_90A, SimulatorOptions.defaults()).retain(0);
                Context.Current there = hopper.enter()) {
            Context.Stream queue = there.newStream();
            Context.Function waits = there.function(there.load(waiting), "store_k");
            Context.Function hurries = there.function(there.load(PTX), "store_k");
            Context.Extents early = new Context.Extents(1, 1, 1, 0, true);
            ByteBuffer arguments = arguments(3).putLong(0, there.allocate(4));
            there.launch(hurries, new Context.Extents(1, 1, 1, 0), arguments, queue);
            there.launch(waits, early, arguments, queue);
            assertThatThrownBy(() -> there.launch(hurries, early, arguments, queue))
                    .isInstanceOf(OctetException.class)
                    .hasMessageContaining("store_k cannot be launched")
                    .hasMessageContaining("has no 'griddepcontrol.wait'");
        }
    }

    /** Kernels for one generation alone are no kernels of the next. */
    @Test
    void aTargetOfOneGenerationIsRefusedByOthers() {
        String hopper = PTX.replace("sm_61", "sm_90a");
        assertAnswers(DriverException.INVALID_PTX, () -> current.load(hopper));
        assertAnswers(DriverException.INVALID_PTX, () -> current.load(PTX.replace("sm_61", "sm_60a")));
    }

    @Test
    void refusesWhatIsNotThere() {
        assertAnswers(DriverException.NOT_FOUND, () -> current.function(module, "other_k"));
        assertAnswers(200, () -> current.load(new byte[] {0x7f, 'E', 'L', 'F'}));
        assertAnswers(DriverException.INVALID_PTX, () -> current.load("no PTX"));
        assertAnswers(DriverException.OUT_OF_MEMORY, () -> current.allocate(Long.MAX_VALUE));
    }

    @Test
    void aContextIsLeftOnceAndBelongsToItsThread() throws InterruptedException {
        int[] answer = new int[1];
        Thread stranger = new Thread(() -> {
            try {
                current.synchronize(stream);
            } catch (DriverException e) {
                answer[0] = e.result();
            }
        });
        stranger.start();
        stranger.join();
        assertThat(answer[0]).isEqualTo(201);
        current.close();
        assertAnswers(201, () -> current.synchronize(stream));
    }
}
