package dev.octet.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    private static CpuOp op(int units, java.util.function.IntConsumer task) {
        return new CpuOp() {
            @Override
            public int units(int batch) {
                return units;
            }

            @Override
            public void run(int unit, Frame frame, Scratch scratch) {
                task.accept(unit);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void runsEveryUnitOnce(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int units : new int[] {0, 1, 2, 3, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(units);
                workers.run(op(units, runs::incrementAndGet), new Frame(1, Map.of()));
                for (int i = 0; i < units; i++) {
                    assertThat(runs.get(i)).as("unit %d of %d", i, units).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void rethrowsAFailureAndWorksOn(int threads) {
        try (Workers workers = new Workers(threads)) {
            CpuOp failing = op(100, unit -> {
                if (unit == 37) {
                    throw new IllegalStateException("unit 37");
                }
            });
            assertThatThrownBy(() -> workers.run(failing, new Frame(1, Map.of())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("unit 37");
            AtomicIntegerArray runs = new AtomicIntegerArray(1);
            workers.run(op(50, unit -> runs.incrementAndGet(0)), new Frame(1, Map.of()));
            assertThat(runs.get(0)).isEqualTo(50);
        }
    }
}
