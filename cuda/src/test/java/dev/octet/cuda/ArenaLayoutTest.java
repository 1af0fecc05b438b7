package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.Target;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.LaunchProgram;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArenaLayoutTest {
    private static final LaunchProgram PROGRAM = new LaunchProgram(
            Target.SM_61,
            1,
            1 << 30,
            List.of(new Buffer(4, 0, 100), new Buffer(7, 256, 256), new Buffer(9, 0, 257)),
            512,
            List.of());

    @Test
    void scalesThePlansLayoutByTheBatch() {
        ArenaLayout layout = ArenaLayout.shared(PROGRAM, 3);

        assertThat(layout.bytes()).isEqualTo(3 * 512);
        assertThat(layout.places().get(7)).isEqualTo(new ArenaLayout.Place(3 * 256, 256));
        assertThat(layout.places().get(9)).isEqualTo(new ArenaLayout.Place(0, 257));
    }

    @Test
    void givesEveryValueItsOwnAlignedPlace() {
        ArenaLayout layout = ArenaLayout.separate(PROGRAM, 3);

        assertThat(layout.places().get(4)).isEqualTo(new ArenaLayout.Place(0, 100));
        assertThat(layout.places().get(7)).isEqualTo(new ArenaLayout.Place(512, 256));
        assertThat(layout.places().get(9)).isEqualTo(new ArenaLayout.Place(512 + 768, 257));
        assertThat(layout.bytes()).isEqualTo(512 + 768 + 1024);
    }

    @Test
    void refusesSizesThatOverflow() {
        LaunchProgram huge = new LaunchProgram(
                Target.SM_61, 1, 1 << 30, List.of(new Buffer(0, 0, Long.MAX_VALUE / 2)), Long.MAX_VALUE / 2, List.of());

        assertThatThrownBy(() -> ArenaLayout.shared(huge, 3)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ArenaLayout.separate(huge, 3)).isInstanceOf(ArithmeticException.class);
    }
}
