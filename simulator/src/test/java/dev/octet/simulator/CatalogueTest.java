package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.codegen.cuda.KernelTrial;
import dev.octet.codegen.cuda.TrialPlan;
import dev.octet.plan.launch.Geometry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The PTX of every kernel of the catalogue computes what a plain loop nest computes, without a mistake on the way. */
class CatalogueTest {
    private static final long SEED = Long.getLong("octet.seed", 20180);
    private static final Simulator SIMULATOR = new Simulator();

    @TempDir
    Path directory;

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfTheCatalogue() throws Exception {
        return trials(TrialPlan.catalogue(SEED));
    }

    @TestFactory
    Stream<DynamicTest> edgesOfConvolutions() throws Exception {
        return trials(TrialPlan.convolutions(SEED));
    }

    @TestFactory
    Stream<DynamicTest> edgesOfOtherFamilies() throws Exception {
        return trials(TrialPlan.others(SEED));
    }

    private Stream<DynamicTest> trials(List<KernelTrial> trials) throws Exception {
        String needed = "simulating the kernels needs nvcc on the PATH";
        if (!CompiledKernels.canBuild()) {
            System.out.println("skipped: " + needed);
        }
        assumeTrue(CompiledKernels.canBuild(), needed);
        long start = System.nanoTime();
        CompiledKernels kernels = CompiledKernels.build(
                directory, trials.stream().map(KernelTrial::kernel).distinct().toList());
        System.out.printf("%d trials compiled in %d ms%n", trials.size(), (System.nanoTime() - start) / 1_000_000);
        return trials.stream().map(trial -> DynamicTest.dynamicTest(trial.toString(), () -> check(trial, kernels)));
    }

    private static void check(KernelTrial trial, CompiledKernels kernels) {
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < trial.buffers().size(); i++) {
            byte[] buffer = trial.buffers().get(i);
            long address = SIMULATOR.memory().allocate(buffer.length);
            addresses.add(address);
            if (i != trial.output()) {
                SIMULATOR.memory().upload(address, buffer);
                SIMULATOR.memory().protect(address);
            }
        }
        Geometry geometry = trial.geometry();
        SIMULATOR.launch(
                kernels.entry(trial.kernel()),
                geometry.gridX(trial.batch()),
                geometry.gridY(),
                geometry.threads(),
                geometry.sharedBytes(),
                arguments(addresses, trial.batch()));
        byte[] result = SIMULATOR.memory().download(addresses.get(trial.output()), trial.expected().length);
        assertThat(result).as("result of %s, -Doctet.seed=%d", trial, SEED).isEqualTo(trial.expected());
        addresses.forEach(SIMULATOR.memory()::free);
    }

    private static byte[] arguments(List<Long> pointers, int batch) {
        ByteBuffer bytes =
                ByteBuffer.allocate((pointers.size() + 2) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        pointers.forEach(bytes::putLong);
        bytes.putLong(0).putInt(batch);
        return bytes.array();
    }
}
