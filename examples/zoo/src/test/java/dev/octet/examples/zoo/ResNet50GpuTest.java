package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import dev.octet.runtime.SessionProfile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole ResNet-50 on the first GPU: how quickly it loads, and how long it takes. */
@Tag("zoo")
class ResNet50GpuTest {
    private static final String GPU = "cuda:0";
    private static final int PROFILED_RUNS = 20;
    private static final Map<Target, ZooBuild> BUILDS = new EnumMap<>(Target.class);
    /** Compiled for one image at a time: the compiler takes schedules for the largest batch. */
    private static final Map<Target, ZooBuild> SINGLE = new EnumMap<>(Target.class);

    private static RandomNetwork network;

    @BeforeAll
    static void build(@TempDir Path folder) throws IOException {
        network = new RandomNetwork(new ResNet50(), folder);
        for (Target target : Target.values()) {
            BUILDS.put(target, built(target, RandomNetwork.MAX_BATCH));
            SINGLE.put(target, built(target, 1));
        }
    }

    private static ZooBuild built(Target target, int maxBatch) throws IOException {
        ZooBuild build = network.build(target, maxBatch);
        System.out.println(target.text() + ", up to " + maxBatch + " images: " + build.compileKernels());
        return build;
    }

    /** The process has used the device before, so that its start does not count. */
    @ParameterizedTest
    @EnumSource
    void loadsFromMachineCodeInLessThanASecond(Target target) throws IOException {
        ZooBuild build = BUILDS.get(target);
        assertThat(build.hasCubins(90)).as("cubins for sm_90 beside the PTX").isTrue();
        double[] seconds = new double[5];
        try (Network first = Network.open(build.spec(), Options.onDevice(GPU))) {
            System.out.println(target.text() + ": " + first.description());
            for (int i = 0; i < seconds.length; i++) {
                long start = System.nanoTime();
                Network.open(build.spec(), Options.onDevice(GPU)).close();
                seconds[i] = (System.nanoTime() - start) * 1e-9;
            }
        }
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT, "%s: loads in %.3f s (%.3f to %.3f)%n", target.text(), seconds[2], seconds[0], seconds[4]);
        assertThat(seconds[2]).isLessThan(1);
    }

    @ParameterizedTest
    @EnumSource
    void timesOfRunsFromHostToHost(Target target) throws IOException {
        for (ZooBuild build : List.of(SINGLE.get(target), BUILDS.get(target))) {
            try (Network gpu = Network.open(build.spec(), Options.onDevice(GPU));
                    Session session = gpu.newSession()) {
                session.input("image").put(network.images(gpu.maxBatch()));
                IntStream.of(1, 8, 32, 128)
                        .filter(batch -> batch <= gpu.maxBatch())
                        .forEach(batch -> time(target, gpu.maxBatch(), session, batch));
            }
        }
    }

    /** Measuring the steps one by one leaves the results of a run as they are. */
    @Test
    void timesOfSteps() throws IOException {
        try (Network gpu = Network.open(BUILDS.get(Target.SM_80).spec(), Options.onDevice(GPU));
                Session session = gpu.newSession()) {
            session.input("image").put(network.images(gpu.maxBatch()));
            FloatBuffer logits = session.output("logits");
            session.run(gpu.maxBatch());
            float[] expected = new float[logits.remaining()];
            logits.duplicate().get(expected);
            SessionProfile profile = session.profile(gpu.maxBatch(), PROFILED_RUNS);
            System.out.println(profile.text());

            float[] again = new float[expected.length];
            session.output("logits").duplicate().get(again);
            assertThat(again).containsExactly(expected);
            assertThat(profile.steps())
                    .allSatisfy(step -> assertThat(step.micros()).isPositive());
        }
    }

    private static void time(Target target, int maxBatch, Session session, int batch) {
        RunTimes times = RunTimes.of(() -> session.run(batch));
        System.out.printf(
                Locale.ROOT,
                "ResNet-50 %s for up to %3d images, batch %3d: %.3f ms (%.3f, %.3f) a run, %.0f images/s, %d runs%n",
                target.text(),
                maxBatch,
                batch,
                times.median() * 1e3,
                times.low() * 1e3,
                times.high() * 1e3,
                batch / times.median(),
                times.runs());
        assertThat(times.median()).isPositive();
    }
}
