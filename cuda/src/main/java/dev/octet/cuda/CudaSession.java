package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.plan.quant.Constants;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.StepReplays;
import dev.octet.runtime.device.TimedRun;
import dev.octet.runtime.device.ValueStatistics;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongUnaryOperator;

/**
 * Memory for values, stream and staging memory of one run at a time. A run is one launch of a graph, which holds the
 * copies to and from the staging memory and all kernels. A session that keeps its values gives each an allocation of
 * its own, so that tools see a kernel that leaves one, fills all of it with a pattern first, so that a kernel that reads
 * what nobody wrote shows, and launches its kernels one by one and waits after each, so that errors name their kernel.
 */
final class CudaSession implements DeviceSession, StepReplays {
    /** What memory holds before anything was written. */
    private static final byte UNWRITTEN = (byte) 0xA5;

    /** Why a value without memory cannot be read. */
    private static final String INSIDE =
            "one kernel computes it and what is made of it, and keeps it inside; the device cpu keeps every value";

    private final CudaNetwork network;
    private final DeviceState device;
    private final Plan plan;
    private final SessionRequest request;
    private final DeviceResources resources;
    private final List<PreparedProgram> programs = new ArrayList<>();
    private final List<Staging> inputs = new ArrayList<>();
    private final List<Staging> outputs = new ArrayList<>();
    private final String running;
    private Context.Stream stream;
    private RecordedRuns recorded;
    /** Constants of its own, or null. */
    private SessionConstants constants;
    /** What counts values, or null. */
    private SessionStatistics statistics;

    private int lastBatch;
    private boolean closed;

    private CudaSession(CudaNetwork network, SessionRequest request) {
        this.network = network;
        this.device = network.device();
        this.plan = network.plan();
        this.request = request;
        this.resources = new DeviceResources(device);
        this.running = "run " + plan.network();
    }

    /** Opens a session; whatever fails, nothing stays on the device. */
    static CudaSession open(CudaNetwork network, SessionRequest request) {
        CudaSession session = new CudaSession(network, request);
        try {
            session.device.call("open a session of " + session.plan.network(), current -> {
                session.allocate(current);
                return null;
            });
            return session;
        } catch (ArithmeticException e) {
            OctetException failure = new OctetException(
                    e,
                    CudaCode.INCONSISTENT,
                    session.plan.network(),
                    "a batch of " + request.batch() + " is too large");
            session.resources.closeAfter(failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            session.resources.closeAfter(e);
            throw e;
        }
    }

    private void allocate(Context.Current current) {
        List<LaunchProgram> chosen = chosenPrograms();
        String owner = "a session of " + plan.network() + " for " + request.batch() + " images";
        stream = resources.stream(current);
        recorded = new RecordedRuns(resources, stream);
        LongUnaryOperator values = bytes -> resources.memory(current, "the values of " + owner, bytes);
        List<ValueMemory> memories = request.keepValues()
                ? ValueMemory.separate(chosen, request.batch(), values)
                : ValueMemory.shared(chosen, request.batch(), values);
        if (request.ownConstants()) {
            constants = SessionConstants.allocate(network, current, resources);
        }
        long workspace = resources.memory(current, "the workspace of " + owner, workspaceBytes(chosen));
        for (int i = 0; i < chosen.size(); i++) {
            programs.add(PreparedProgram.of(network, chosen.get(i), memories.get(i), this::segment, workspace));
            if (request.keepValues()) {
                memories.get(i).places().values().forEach(place -> place.fill(current, UNWRITTEN, stream));
            }
        }
        allocateStaging(current, programs.get(0));
    }

    private long segment(Argument argument) {
        return constants != null && argument instanceof Argument.Constants own
                ? constants.address(own)
                : network.segments().address(argument);
    }

    /** The programs of all numbers of images up to the batch, each once. */
    private List<LaunchProgram> chosenPrograms() {
        List<LaunchProgram> chosen = new ArrayList<>();
        for (int n = 1; n <= request.batch(); n++) {
            LaunchProgram program = network.programs().forBatch(plan.network(), n);
            if (!chosen.contains(program)) {
                chosen.add(program);
            }
        }
        return chosen;
    }

    private void allocateStaging(Context.Current current, PreparedProgram program) {
        for (Port port : plan.inputs()) {
            inputs.add(staging(current, port, program.input(plan, port.name())));
        }
        for (Port port : plan.outputs()) {
            outputs.add(staging(current, port, program.output(plan, port.name())));
        }
    }

    private long workspaceBytes(List<LaunchProgram> chosen) {
        return chosen.stream()
                .flatMap(program -> program.steps().stream())
                .map(Step::workspace)
                .mapToLong(w -> Math.multiplyExact(w.bytesPerImage(), (long) request.batch()))
                .max()
                .orElse(0);
    }

    private Staging staging(Context.Current current, Port port, ValueMemory.Place place) {
        int bytes = Math.toIntExact(Math.multiplyExact(place.bytesPerImage(), (long) request.batch()));
        String what = "port " + port.name() + " of " + plan.network();
        return new Staging(port, resources.hostMemory(current, what, bytes), place.bytesPerImage());
    }

    /** Nothing of the session is queued between runs, so that a copy disturbs none. */
    @Override
    public synchronized void constants(Map<Integer, Constants> replacement) {
        requireOpen();
        if (constants == null) {
            throw new IllegalStateException("the session has no constants of its own");
        }
        device.call("replace the constants of " + plan.network(), current -> {
            constants.replace(current, replacement);
            return null;
        });
    }

    @Override
    public synchronized void run(int n, List<? extends Buffer> from, List<FloatBuffer> to) {
        run(n, from, to, current -> {
            if (request.keepValues()) {
                enqueue(current, n, Optional.empty());
            } else {
                launch(current, n);
            }
            finish(current);
            return null;
        });
    }

    @Override
    public boolean hasClock() {
        return device.driver().hasClock();
    }

    /**
     * Launches kernel by kernel, since events that are recorded with a graph keep no times. A kernel that takes less than
     * the host needs for a launch has the launch's time.
     */
    @Override
    public synchronized Optional<TimedRun> runTimed(int n, List<? extends Buffer> from, List<FloatBuffer> to) {
        if (!hasClock()) {
            return Optional.empty();
        }
        return Optional.of(run(n, from, to, current -> {
            LaunchProgram program = program(n).program();
            try (StepClock clock =
                    new StepClock(current, stream, program.steps().size())) {
                enqueue(current, n, Optional.of(clock));
                finish(current);
                return times(program, clock);
            }
        }));
    }

    private static TimedRun times(LaunchProgram program, StepClock clock) {
        List<TimedRun.Step> steps = new ArrayList<>();
        for (int i = 0; i < program.steps().size(); i++) {
            Step step = program.steps().get(i);
            steps.add(new TimedRun.Step(
                    step.region().ops(), Optional.of(step.kernel().name()), clock.micros(i)));
        }
        return new TimedRun(Optional.of(program.target()), steps);
    }

    private <T> T run(int n, List<? extends Buffer> from, List<FloatBuffer> to, DeviceState.Work<T> work) {
        requireOpen();
        requireImages(n);
        if (from.size() != inputs.size() || to.size() != outputs.size()) {
            throw new IllegalArgumentException(plan.network() + " has " + inputs.size() + " inputs and "
                    + outputs.size() + " outputs, got " + from.size() + " and " + to.size());
        }
        if (constants != null && !constants.isComplete()) {
            throw new IllegalStateException("the session has got no constants yet");
        }
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).take(n, from.get(i));
        }
        lastBatch = 0;
        T answer = device.call(running, work);
        lastBatch = n;
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).give(n, to.get(i));
        }
        return answer;
    }

    private void requireImages(int n) {
        if (n < 1 || n > request.batch()) {
            throw new OctetException(CudaCode.BATCH, "this session of " + plan.network(), 1, request.batch(), n);
        }
    }

    @Override
    public Optional<StepReplays> replays() {
        return hasClock() ? Optional.of(this) : Optional.empty();
    }

    @Override
    public synchronized GraphReplay replay(int n, int from, int to, int times) {
        requireOpen();
        requireImages(n);
        List<PreparedStep> steps = program(n).steps();
        if (from < 0 || from >= to || to > steps.size() || times < 1) {
            String range = "steps " + from + " to " + to + " of " + steps.size() + ", " + times + " times";
            throw new IllegalArgumentException(range);
        }
        return GraphReplay.record(device, resources, stream, plan.network(), steps.subList(from, to), n, times);
    }

    private void launch(Context.Current current, int n) {
        try {
            current.launch(recorded.of(current, n, () -> enqueue(current, n, Optional.empty())), stream);
        } catch (DriverException e) {
            if (e.result() == DriverException.OUT_OF_MEMORY) {
                String what = "the recorded launches of " + plan.network() + " for " + n + " images";
                throw resources.outOfMemory(e, current, what, DeviceResources.UNTOLD);
            }
            throw failed(e);
        }
    }

    /**
     * Queues a whole run: nothing in it but work for the stream.
     *
     * @param clock marked before the first step and after each
     */
    private void enqueue(Context.Current current, int n, Optional<StepClock> clock) {
        PreparedProgram program = program(n);
        program.memory().places().values().forEach(place -> place.discard(current, stream));
        for (Staging input : inputs) {
            ValueMemory.Place place = program.input(plan, input.port().name());
            current.upload(place.address(), input.memory(), n * place.bytesPerImage(), stream);
        }
        clock.ifPresent(StepClock::mark);
        PreparedStep.Begin begin = request.keepValues() ? PreparedStep.Begin.ALONE : PreparedStep.Begin.AFTER_ALL;
        boolean overlaps = !request.keepValues() && clock.isEmpty();
        for (PreparedStep step : program.steps()) {
            step.launch(current, stream, n, begin);
            begin = overlaps ? PreparedStep.Begin.AFTER_STEP : begin;
            clock.ifPresent(StepClock::mark);
        }
        for (Staging output : outputs) {
            current.label("output " + output.port().name());
            ValueMemory.Place place = program.output(plan, output.port().name());
            current.download(output.memory(), place.address(), n * place.bytesPerImage(), stream);
        }
    }

    private void finish(Context.Current current) {
        try {
            current.synchronize(stream);
        } catch (DriverException e) {
            throw failed(e);
        }
    }

    private OctetException failed(DriverException e) {
        return device.failure(e, CudaCode.RUN, plan.network(), device.name(), e.reason());
    }

    private PreparedProgram program(int n) {
        return programs.stream()
                .filter(p -> p.program().minBatch() <= n && n <= p.program().maxBatch())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public synchronized byte[] value(int value) {
        requireOpen();
        requireValue(request.keepValues(), value, "this session does not keep values");
        requireValue(lastBatch > 0, value, "nothing has been run");
        PreparedProgram program = program(lastBatch);
        ValueMemory.Place place = program.memory().places().get(holder(value));
        requireValue(place != null, value, INSIDE);
        byte[] bytes = new byte[Math.toIntExact(lastBatch * place.bytesPerImage())];
        return device.call("read a value", current -> {
            current.label("value " + plan.int8().byId().get(value).name());
            current.download(bytes, place.address());
            return bytes;
        });
    }

    /** Their memory is allocated when they are first asked for. */
    @Override
    public synchronized Optional<ValueStatistics> statistics() {
        requireOpen();
        if (!request.keepValues() || network.programs().statistics().isEmpty()) {
            return Optional.empty();
        }
        if (statistics == null) {
            statistics = device.call(
                    "open the statistics of " + plan.network(),
                    current -> SessionStatistics.allocate(network, current, resources, stream));
        }
        SessionStatistics own = statistics;
        return Optional.of(new ValueStatistics() {
            @Override
            public int[] largest(List<Integer> values) {
                return onLastRun(values, own::largest);
            }

            @Override
            public List<int[]> histograms(List<Integer> values, float[] factors) {
                return onLastRun(values, (current, run) -> own.histograms(current, run, factors));
            }
        });
    }

    private synchronized <R> R onLastRun(
            List<Integer> values, BiFunction<Context.Current, List<SessionStatistics.Counted>, R> work) {
        requireOpen();
        List<SessionStatistics.Counted> run = values.stream().map(this::counted).toList();
        return device.call("count the values of " + plan.network(), current -> work.apply(current, run));
    }

    private SessionStatistics.Counted counted(int value) {
        requireValue(lastBatch > 0, value, "nothing has been run");
        ValueMemory.Place place = program(lastBatch).memory().places().get(holder(value));
        requireValue(place != null, value, INSIDE);
        return new SessionStatistics.Counted(plan.int8().node(holder(value)), place.address(), lastBatch);
    }

    private void requireValue(boolean condition, int value, String otherwise) {
        if (!condition) {
            throw new OctetException(CudaCode.VALUE, value, plan.network(), otherwise);
        }
    }

    private int holder(int value) {
        Node node = plan.int8().byId().get(value);
        requireValue(node != null, value, "there is no such value");
        return node.op() instanceof Op.Output ? plan.int8().made(node).id() : value;
    }

    private void requireOpen() {
        if (closed) {
            throw new OctetException(CudaCode.CLOSED, "a session of " + plan.network());
        }
    }

    @Override
    public synchronized long deviceBytes() {
        return resources.deviceBytes();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            resources.close();
        } finally {
            network.forget(this);
        }
    }
}
