package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.Target;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.LaunchProgram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueMemoryTest {
    private static final LaunchProgram PROGRAM =
            program(512, List.of(new Buffer(4, 0, 100), new Buffer(7, 256, 256), new Buffer(9, 0, 257)));

    private final List<Long> allocated = new ArrayList<>();

    private static LaunchProgram program(long bytes, List<Buffer> buffers) {
        return new LaunchProgram(Target.SM_61, 1, 1 << 30, buffers, bytes, List.of());
    }

    private long allocate(long bytes) {
        allocated.add(bytes);
        return allocated.size() * 0x10000L;
    }

    @Test
    void scalesThePlansLayoutByTheBatch() {
        ValueMemory memory =
                ValueMemory.shared(List.of(PROGRAM), 3, this::allocate).get(0);

        assertThat(allocated).containsExactly(3 * 512L);
        assertThat(memory.places().get(7)).isEqualTo(new ValueMemory.Place(0x10000 + 3 * 256, 256, 3));
        assertThat(memory.places().get(9)).isEqualTo(new ValueMemory.Place(0x10000, 257, 3));
    }

    @Test
    void givesEveryValueItsOwnAllocation() {
        ValueMemory memory =
                ValueMemory.separate(List.of(PROGRAM), 3, this::allocate).get(0);

        assertThat(allocated).containsExactly(300L, 3 * 256L, 3 * 257L);
        assertThat(memory.places().get(4)).isEqualTo(new ValueMemory.Place(0x10000, 100, 3));
        assertThat(memory.places().get(7)).isEqualTo(new ValueMemory.Place(0x20000, 256, 3));
        assertThat(memory.places().get(9)).isEqualTo(new ValueMemory.Place(0x30000, 257, 3));
    }

    /** Only one of a session's programs runs at a time. */
    @Test
    void programsUseTheSameMemory() {
        LaunchProgram other = program(1024, List.of(new Buffer(4, 0, 120), new Buffer(8, 512, 5)));

        List<ValueMemory> shared = ValueMemory.shared(List.of(PROGRAM, other), 2, this::allocate);
        assertThat(allocated).containsExactly(2 * 1024L);
        assertThat(shared.get(1).places().get(8)).isEqualTo(new ValueMemory.Place(0x10000 + 1024, 5, 2));

        allocated.clear();
        List<ValueMemory> separate = ValueMemory.separate(List.of(PROGRAM, other), 2, this::allocate);
        assertThat(allocated).containsExactly(240L, 512L, 10L, 514L);
        assertThat(separate.get(0).places().get(4)).isEqualTo(new ValueMemory.Place(0x10000, 100, 2));
        assertThat(separate.get(1).places().get(4)).isEqualTo(new ValueMemory.Place(0x10000, 120, 2));
        assertThat(separate.get(0).places()).containsOnlyKeys(4, 7, 9);
    }

    @Test
    void refusesSizesThatOverflow() {
        LaunchProgram huge = program(Long.MAX_VALUE / 2, List.of(new Buffer(0, 0, Long.MAX_VALUE / 2)));

        assertThatThrownBy(() -> ValueMemory.shared(List.of(huge), 3, this::allocate))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ValueMemory.separate(List.of(huge), 3, this::allocate))
                .isInstanceOf(ArithmeticException.class);
    }
}
