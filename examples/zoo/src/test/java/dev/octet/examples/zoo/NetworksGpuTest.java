package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every network of the zoo on the first GPU, with random weights: each buffer is the CPU's to the last byte, for one image
 * and for three, with the kernels of each target. {@code -Doctet.networks} is an expression of the networks' names, to try
 * some of them; {@code -Doctet.batches} has more numbers of images, such as {@code 8,32,128}, and {@code -Doctet.targets} an
 * expression of the targets whose kernels run these.
 */
@Tag("networks")
@Execution(ExecutionMode.CONCURRENT)
class NetworksGpuTest {
    private static final int MOST = 3;
    private static final Pattern WANTED = Pattern.compile(System.getProperty("octet.networks", ".*"));

    private static final int[] BATCHES = Arrays.stream(
                    System.getProperty("octet.batches", "").split(","))
            .filter(batch -> !batch.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    private static final Pattern TARGETS = Pattern.compile(System.getProperty("octet.targets", ".*"));

    @Test
    void someNetworkIsWanted() {
        assertThat(Zoo.values())
                .as("networks that match %s", WANTED)
                .anyMatch(zoo -> WANTED.matcher(zoo.name()).matches());
    }

    @ParameterizedTest
    @EnumSource
    void everyBufferIsTheCpus(Zoo zoo, @TempDir Path folder) throws IOException {
        if (!WANTED.matcher(zoo.name()).matches()) {
            System.out.println(zoo + " is not wanted");
            return;
        }
        RandomNetwork network = new RandomNetwork(zoo.definition(), folder);
        ZooBuild first = network.build(Target.SM_61, MOST);
        Buffers one = run(network, first, "cpu", 1);
        Buffers three = run(network, first, "cpu", MOST);
        three.requireVaried();
        for (Target target : Target.values()) {
            ZooBuild build = network.build(target, MOST);
            String kernels = build.compileKernels().toString();
            run(network, build, "cuda:0", 1).requireEqual(one);
            run(network, build, "cuda:0", MOST).requireEqual(three);
            System.out.printf(
                    "%s %s: %d buffers equal, 1 and %d images; %s%n", zoo, target.text(), one.count(), MOST, kernels);
        }
    }

    /** With the plans for larger batches, kernel by kernel, and again as one graph, which is how they are timed. */
    @ParameterizedTest
    @EnumSource
    void everyBatchIsTheCpus(Zoo zoo, @TempDir Path folder) throws IOException {
        for (int batch : WANTED.matcher(zoo.name()).matches() ? BATCHES : new int[0]) {
            Path place = Files.createDirectories(folder.resolve("batch" + batch));
            RandomNetwork network = new RandomNetwork(zoo.definition(), place);
            ZooBuild first = network.build(Target.SM_61, batch);
            Buffers expected = run(network, first, "cpu", batch);
            float[] results = results(network, first, "cpu", batch);
            for (Target target : Target.values()) {
                if (TARGETS.matcher(target.text()).matches()) {
                    ZooBuild build = network.build(target, batch);
                    build.compileKernels();
                    run(network, build, "cuda:0", batch).requireEqual(expected);
                    assertThat(results(network, build, "cuda:0", batch)).isEqualTo(results);
                    System.out.printf(
                            "%s %s: %d buffers and a graph's results equal, %d images%n",
                            zoo, target.text(), expected.count(), batch);
                }
            }
        }
    }

    /** Every second value, or all, stay in FP32: kernels on floats, at the borders to bytes and between themselves. */
    @ParameterizedTest
    @EnumSource(
            names = {"MOBILENET_V3_LARGE", "INCEPTION_BN", "SQUEEZENET_1_0", "CIFAR_RESNET20", "RESNET8", "RESNET50_V2"
            })
    void everyBufferOfMixedPrecisionIsTheCpus(Zoo zoo, @TempDir Path folder) throws IOException {
        if (!WANTED.matcher(zoo.name()).matches()) {
            System.out.println(zoo + " is not wanted");
            return;
        }
        for (int every = 1; every <= 2; every++) {
            int modulus = every;
            Path place = Files.createDirectories(folder.resolve("every" + every));
            RandomNetwork network =
                    new RandomNetwork(zoo.definition(), place, name -> Math.floorMod(name.hashCode(), modulus) == 0);
            ZooBuild build = network.build(Target.SM_80, MOST);
            Buffers expected = run(network, build, "cpu", MOST);
            String kernels = build.compileKernels().toString();
            run(network, build, "cuda:0", MOST).requireEqual(expected);
            System.out.printf("%s in FP32, one of %d: %d buffers equal; %s%n", zoo, every, expected.count(), kernels);
        }
    }

    private static float[] results(RandomNetwork network, ZooBuild build, String device, int images)
            throws IOException {
        try (Network opened =
                        Network.open(build.spec(), Options.onDevice(device).maxBatch(images));
                Session session = opened.newSession()) {
            session.input("image").put(network.images(images));
            session.run(images);
            session.run(images);
            FloatBuffer results = session.output(build.plan().outputs().get(0).name());
            float[] all = new float[results.remaining()];
            results.get(all);
            return all;
        }
    }

    private static Buffers run(RandomNetwork network, ZooBuild build, String device, int images) throws IOException {
        int most = Math.max(images, MOST);
        Options options = Options.onDevice(device).maxBatch(most).keepValues(true);
        try (Network opened = Network.open(build.spec(), options);
                Session session = opened.newSession()) {
            session.input("image").put(network.images(most));
            return Buffers.of(build, session, images);
        }
    }
}
