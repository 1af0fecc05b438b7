package dev.octet.examples.zoo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.RangeSource;
import dev.octet.runtime.Session;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network of which all or some values stay in FP32: its kernels give the CPU's bits in the simulator. Needs nvcc. */
class MixedPrecisionTest {
    private static final int IMAGES = 2;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyBufferIsTheCpus(int every, @TempDir Path folder) throws IOException {
        RandomNetwork network =
                new RandomNetwork(new ResNet8(), folder, name -> Math.floorMod(name.hashCode(), every) == 0);
        ZooBuild build = network.build(Target.SM_80, IMAGES);
        assumeTrue(build.compileKernels().missing() == 0, "kernels in the simulator need a compiler of CUDA");
        run(network, build, "simulated:sm_80").requireEqual(run(network, build, "cpu"));
    }

    /** The host finds the ranges, so that devices compute with the same constants. */
    @ParameterizedTest
    @ValueSource(ints = {2, Integer.MAX_VALUE})
    void everyBufferIsTheCpusWithTheRangesOfTheBatch(int every, @TempDir Path folder) throws IOException {
        RandomNetwork network =
                new RandomNetwork(new ResNet8(), folder, name -> Math.floorMod(name.hashCode(), every) == 0);
        ZooBuild build = network.build(Target.SM_80, IMAGES);
        assumeTrue(build.compileKernels().missing() == 0, "kernels in the simulator need a compiler of CUDA");
        Options options = Options.onDevice("cpu").ranges(RangeSource.PER_BATCH);
        Buffers cpu = run(network, build, options);
        run(network, build, Options.onDevice("simulated:sm_80").ranges(RangeSource.PER_BATCH))
                .requireEqual(cpu);
    }

    private static Buffers run(RandomNetwork network, ZooBuild build, String device) throws IOException {
        return run(network, build, Options.onDevice(device));
    }

    private static Buffers run(RandomNetwork network, ZooBuild build, Options usual) throws IOException {
        Options options = usual.maxBatch(IMAGES).keepValues(true);
        try (Network opened = Network.open(build.spec(), options);
                Session session = opened.newSession()) {
            session.input("image").put(network.images(IMAGES));
            return Buffers.of(build, session, IMAGES);
        }
    }
}
