package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.PrecisionTable;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.runtime.calibrate.Histogram;
import dev.octet.runtime.calibrate.RangeCollector;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Measures the ranges of a network's values: runs its float graph on example images and chooses a range for every traced
 * value but softmax, which is never quantised. Immutable; the setters return changed copies. Runs on the CPU device, whose
 * floats are those of the contract.
 *
 * <p>Images stream through. Beside the network's float weights, memory is bounded whatever their number: every value of one
 * batch of images (twice for the largest, and once more for the inputs and outputs), and {@link Histogram#BYTES} for each
 * value. The result depends on the set of images alone, neither on their order nor on the number of threads or the batch.
 */
public final class Calibrator {
    private static final String CPU = "cpu";
    private static final int DEFAULT_BATCH = 8;
    private static final int DEFAULT_EXAMPLES = 500;

    private final NetworkSpec spec;
    private final Path weights;
    private final Settings settings;

    private Calibrator(NetworkSpec spec, Path weights, Settings settings) {
        this.spec = spec;
        this.weights = weights;
        this.settings = settings;
    }

    /** What the setters change. */
    private record Settings(
            RangeRule rule,
            int examples,
            Progress progress,
            String device,
            int threads,
            int batch,
            Predicate<String> layers,
            SortedSet<String> excluded) {
        static Settings usual() {
            int processors = Runtime.getRuntime().availableProcessors();
            return new Settings(
                    RangeRule.entropy(),
                    DEFAULT_EXAMPLES,
                    (done, of) -> {},
                    CPU,
                    processors,
                    DEFAULT_BATCH,
                    name -> true,
                    Collections.emptySortedSet());
        }
    }

    /**
     * A calibrator by entropy over up to 500 images.
     *
     * @param weights the safetensors file with the network's float weights
     */
    public static Calibrator of(NetworkSpec spec, Path weights) {
        Objects.requireNonNull(spec);
        Objects.requireNonNull(weights);
        return new Calibrator(spec, weights, Settings.usual());
    }

    private Calibrator with(
            RangeRule rule, int examples, Progress progress, Predicate<String> layers, SortedSet<String> excluded) {
        Settings changed = new Settings(
                rule, examples, progress, settings.device, settings.threads, settings.batch, layers, excluded);
        return new Calibrator(spec, weights, changed);
    }

    private Calibrator with(String device, int threads, int batch) {
        Settings changed = new Settings(
                settings.rule,
                settings.examples,
                settings.progress,
                device,
                threads,
                batch,
                settings.layers,
                settings.excluded);
        return new Calibrator(spec, weights, changed);
    }

    /** With another way to choose ranges. */
    public Calibrator mode(RangeRule wanted) {
        Objects.requireNonNull(wanted);
        return with(wanted, settings.examples, settings.progress, settings.layers, settings.excluded);
    }

    /** With at most this many images; the rest of the images is not read. {@link Integer#MAX_VALUE} for all. */
    public Calibrator examples(int most) {
        requirePositive("examples", most);
        return with(settings.rule, most, settings.progress, settings.layers, settings.excluded);
    }

    private static void requirePositive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("number of " + what + " is positive: " + number);
        }
    }

    /** With a listener. */
    public Calibrator progress(Progress listener) {
        Objects.requireNonNull(listener);
        return with(settings.rule, settings.examples, listener, settings.layers, settings.excluded);
    }

    /**
     * With the mode for some values only. The others, which the quantised network needs all the same, have their largest
     * magnitude, as by {@link RangeRule#naive}; the algorithm in the table says so.
     *
     * @param wanted accepts names of values
     */
    public Calibrator layers(Predicate<String> wanted) {
        Objects.requireNonNull(wanted);
        return with(settings.rule, settings.examples, settings.progress, wanted, settings.excluded);
    }

    /**
     * With layers that are to stay in FP32, for {@link MeasuredValues#precision}. Which layers are integers is decided when
     * a network is compiled, so this changes no range: the table is good for the network with these layers in FP32 and
     * without.
     *
     * @param names of layers or values
     */
    public Calibrator excluding(Set<String> names) {
        SortedSet<String> excluded = Collections.unmodifiableSortedSet(new TreeSet<>(names));
        return with(settings.rule, settings.examples, settings.progress, settings.layers, excluded);
    }

    /**
     * On another device, by name as in {@link Options#onDevice}, instead of the CPU. All give the same table. A GPU needs the
     * float program, which the processor makes with {@code -Aoctet.floats=true}, and counts its values itself, so that only
     * counters are copied to the host. {@code best} is the best device that can calibrate this network: the CPU, with a warning
     * in the log, where the float program is of another definition, as builds without the option leave it. One that is named is
     * refused when the calibration starts if it cannot, with {@link RuntimeCode#NO_FLOAT_PROGRAM},
     * {@link RuntimeCode#FOREIGN_FLOATS} or {@link RuntimeCode#NO_FLOATS}, or {@link RuntimeCode#NO_DEVICE} if it is not
     * here.
     */
    public Calibrator device(String name) {
        return with(Objects.requireNonNull(name), settings.threads, settings.batch);
    }

    /** With so many threads, instead of one for each processor. Any number gives the same table. */
    public Calibrator threads(int count) {
        requirePositive("threads", count);
        return with(settings.device, count, settings.batch);
    }

    /**
     * With so many images in one run, instead of 8. Any number gives the same table; memory grows with it. A GPU runs no more
     * at once than the network's largest batch.
     */
    public Calibrator batch(int images) {
        requirePositive("images in a run", images);
        return with(settings.device, settings.threads, images);
    }

    /** Calibrates a network whose only input is an image with the images of a stream, which is closed. */
    public CalibrationTable run(Stream<byte[]> images) {
        return measure(images).table(settings.rule);
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
        return measure(images).table(settings.rule);
    }

    /**
     * Calibrates a network of any inputs with the examples of a stream, which is closed.
     *
     * @param examples such as the network will see, a few hundred, none of those that it is evaluated on
     * @throws OctetException {@link RuntimeCode#NO_EXAMPLES}, {@link RuntimeCode#EXAMPLE_SIZE},
     *     {@link RuntimeCode#NOT_FINITE}, or the code of a resource that cannot be read
     */
    public CalibrationTable runExamples(Stream<Example> examples) {
        return measureExamples(examples).table(settings.rule);
    }

    /** Measures once for tables by several rules, like {@link #run(Stream)}. */
    public MeasuredValues measure(Stream<byte[]> images) {
        try (images) {
            return measure(images.iterator());
        }
    }

    /** Measures once for tables by several rules, like {@link #run(Iterator)}. */
    public MeasuredValues measure(Iterator<byte[]> images) {
        NetworkPlan plan = plan();
        plan.checkSingleImage();
        return measure(plan, new Iterator<>() {
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

    /** Measures once for tables by several rules, like {@link #runExamples(Stream)}. */
    public MeasuredValues measureExamples(Stream<Example> examples) {
        try (examples) {
            return measure(plan(), examples.iterator());
        }
    }

    private NetworkPlan plan() {
        return new NetworkPlan(new NetworkResources(spec).plan(), Options.onDevice(CPU));
    }

    private MeasuredValues measure(NetworkPlan checked, Iterator<Example> source) {
        Plan plan = checked.plan();
        Safetensors tensors = Safetensors.open(weights);
        SortedMap<String, FoldedLayer> layers = WeightFolder.fold(plan.fp32(), tensors);
        requireNames(plan, layers.keySet());
        RangeCollector collector = new RangeCollector(plan);
        FlightEvent.Running calibrating = FlightEvent.calibration(plan.network());
        int done;
        String device;
        CalibratedFloats.Request request =
                new CalibratedFloats.Request(plan, layers, settings.device, settings.threads, settings.batch);
        try (CalibratedFloats floats = CalibratedFloats.open(request, new NetworkResources(spec), Devices.probe())) {
            device = floats.device();
            done = new ExampleRuns(checked, floats, collector, settings.examples).run(source, settings.progress);
        }
        calibrating.end(device, done);
        return new MeasuredValues(plan, tensors.sha256(), device, done, collector, settings.layers, settings.excluded);
    }

    /** A layer that does not exist is a spelling mistake, which is told before a long run. */
    private void requireNames(Plan plan, Set<String> layers) {
        Set<String> names = new TreeSet<>(layers);
        plan.fp32().nodes().stream().map(Node::name).forEach(names::add);
        new PrecisionTable(plan.network(), Optional.empty(), settings.excluded).check(plan.network(), names);
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
