package dev.octet.examples.zoo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
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

    private static Buffers run(RandomNetwork network, ZooBuild build, String device) throws IOException {
        Options options = Options.onDevice(device).maxBatch(IMAGES).keepValues(true);
        try (Network opened = Network.open(build.spec(), options);
                Session session = opened.newSession()) {
            session.input("image").put(network.images(IMAGES));
            return Buffers.of(build, session, IMAGES);
        }
    }
}
