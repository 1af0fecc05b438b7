package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.runtime.calibrate.RangeCollector;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Measures the ranges of a network's values: runs its float graph on example images and chooses a range for every traced
 * value but softmax, which is never quantised. Images stream through; memory does not grow with their number, and the
 * result does not depend on the number of threads. Immutable; the setters return changed copies. Runs on the CPU device,
 * whose floats are those of the contract.
 */
public final class Calibrator {
    /** Images in one run. Any number gives the same table. */
    private static final int BATCH = 8;

    private static final int DEFAULT_EXAMPLES = 500;

    private final NetworkSpec spec;
    private final Path weights;
    private final RangeRule rule;
    private final int examples;
    private final Progress progress;

    private Calibrator(NetworkSpec spec, Path weights, RangeRule rule, int examples, Progress progress) {
        this.spec = spec;
        this.weights = weights;
        this.rule = rule;
        this.examples = examples;
        this.progress = progress;
    }

    /**
     * A calibrator by entropy over up to 500 images.
     *
     * @param weights the safetensors file with the network's float weights
     */
    public static Calibrator of(NetworkSpec spec, Path weights) {
        Objects.requireNonNull(spec);
        Objects.requireNonNull(weights);
        return new Calibrator(spec, weights, RangeRule.entropy(), DEFAULT_EXAMPLES, (done, of) -> {});
    }

    /** With another way to choose ranges. */
    public Calibrator mode(RangeRule wanted) {
        return new Calibrator(spec, weights, Objects.requireNonNull(wanted), examples, progress);
    }

    /** With at most this many images; the rest of the images is not read. */
    public Calibrator examples(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("number of examples is positive: " + most);
        }
        return new Calibrator(spec, weights, rule, most, progress);
    }

    /** With a listener. */
    public Calibrator progress(Progress listener) {
        return new Calibrator(spec, weights, rule, examples, Objects.requireNonNull(listener));
    }

    /** Calibrates a network whose only input is an image with the images of a stream, which is closed. */
    public CalibrationTable run(Stream<byte[]> images) {
        try (images) {
            return run(images.iterator());
        }
    }

    /**
     * Calibrates a network whose only input is an image.
     *
     * @param images each as in {@link Network#run(byte[])}; such as the network will see, a few hundred, none of those
     *     that it is evaluated on
     * @throws OctetException {@link RuntimeCode#PORTS} if it has other inputs, {@link RuntimeCode#NO_EXAMPLES},
     *     {@link RuntimeCode#EXAMPLE_SIZE}, {@link RuntimeCode#NOT_FINITE}, or the code of a resource that cannot be read
     */
    public CalibrationTable run(Iterator<byte[]> images) {
        NetworkPlan plan = plan();
        plan.checkSingleImage();
        return run(plan, new Iterator<>() {
            @Override
            public boolean hasNext() {
                return images.hasNext();
            }

            @Override
            public Example next() {
                return Example.of(ByteBuffer.wrap(images.next()));
            }
        });
    }

    /**
     * Calibrates a network of any inputs with the examples of a stream, which is closed.
     *
     * @param examples such as the network will see, a few hundred, none of those that it is evaluated on
     * @throws OctetException {@link RuntimeCode#NO_EXAMPLES}, {@link RuntimeCode#EXAMPLE_SIZE},
     *     {@link RuntimeCode#NOT_FINITE}, or the code of a resource that cannot be read
     */
    public CalibrationTable runExamples(Stream<Example> examples) {
        try (examples) {
            return run(plan(), examples.iterator());
        }
    }

    private NetworkPlan plan() {
        return new NetworkPlan(new NetworkResources(spec).plan(), Options.onDevice("cpu"));
    }

    private CalibrationTable run(NetworkPlan checked, Iterator<Example> source) {
        Plan plan = checked.plan();
        Safetensors tensors = Safetensors.open(weights);
        RangeCollector collector = new RangeCollector(plan);
        int done;
        try (CpuDevice device = new CpuDevice(Runtime.getRuntime().availableProcessors());
                DeviceNetwork network = device.loadFloats(plan, WeightFolder.fold(plan.fp32(), tensors));
                DeviceSession session = network.newSession(new SessionRequest(BATCH, true))) {
            done = collect(checked, session, collector, source);
        }
        return new CalibrationTable(
                plan.network(),
                GraphText.topologyHash(plan.fp32()),
                tensors.sha256(),
                rule.name(),
                done,
                collector.ranges(rule));
    }

    private int collect(
            NetworkPlan checked, DeviceSession session, RangeCollector collector, Iterator<Example> source) {
        Plan plan = checked.plan();
        List<Buffer> batch = plan.inputs().stream().map(Calibrator::batch).toList();
        List<FloatBuffer> outputs = new ArrayList<>();
        for (Port output : plan.outputs()) {
            outputs.add(FloatBuffer.allocate(Math.multiplyExact(output.shape().elements(), BATCH)));
        }
        int done = 0;
        while (done < examples && source.hasNext()) {
            batch.forEach(Buffer::clear);
            int n = fill(batch, checked, source, done);
            batch.forEach(Buffer::flip);
            session.run(n, batch, outputs);
            collectValues(plan.fp32(), session, collector, done, n);
            done += n;
            progress.examples(done, examples);
        }
        if (done == 0) {
            throw new OctetException(RuntimeCode.NO_EXAMPLES, plan.network());
        }
        return done;
    }

    private static Buffer batch(Port input) {
        int elements = Math.multiplyExact(input.shape().elements(), BATCH);
        return input.image().isPresent() ? ByteBuffer.allocate(elements) : FloatBuffer.allocate(elements);
    }

    private int fill(List<Buffer> batch, NetworkPlan checked, Iterator<Example> source, int done) {
        int n = 0;
        while (n < BATCH && done + n < examples && source.hasNext()) {
            List<Buffer> inputs = source.next().inputs();
            try {
                checked.checkExample(inputs);
            } catch (OctetException e) {
                throw new OctetException(e, RuntimeCode.EXAMPLE_SIZE, done + n, spec.network(), e.getMessage());
            }
            for (int i = 0; i < inputs.size(); i++) {
                append(batch.get(i), inputs.get(i));
            }
            n++;
        }
        return n;
    }

    /** The position of what is appended does not move. */
    private static void append(Buffer batch, Buffer input) {
        if (input instanceof FloatBuffer floats) {
            ((FloatBuffer) batch).put(floats.duplicate());
        } else {
            ((ByteBuffer) batch).put(((ByteBuffer) input).duplicate());
        }
    }

    private void collectValues(Graph graph, DeviceSession session, RangeCollector collector, int first, int n) {
        for (Node node : graph.nodes()) {
            boolean ranges = !(node.op() instanceof Op.Output || node.op() instanceof Op.Softmax);
            if (ranges && !collector.add(node.name(), session.value(node.id()))) {
                throw new OctetException(RuntimeCode.NOT_FINITE, node.name(), spec.network(), first, first + n - 1);
            }
        }
    }

    /**
     * What a network is calibrated with once: an image, or whatever it takes.
     *
     * @param inputs per input port, in the definition's order, a buffer as in {@link Network#run(List)}
     */
    public record Example(List<Buffer> inputs) {
        public Example {
            inputs = List.copyOf(inputs);
        }

        /** An example of these inputs. */
        public static Example of(Buffer... inputs) {
            return new Example(List.of(inputs));
        }
    }

    /** Listens to a calibration. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called after each run.
         *
         * @param done images so far
         * @param most images at most
         */
        void examples(int done, int most);
    }
}
