package dev.octet.plan.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MeasuredTextTest {
    @Test
    void readsWhatItWrites() {
        TreeSet<String> kernels = new TreeSet<>(List.of("dense_b_sm80", "conv2d_a_sm80"));
        String text = MeasuredText.write(kernels);
        assertThat(text).isEqualTo("conv2d_a_sm80\ndense_b_sm80\n");
        assertThat(MeasuredText.read(text, "measured")).isEqualTo(kernels);
        assertThat(MeasuredText.read("", "measured")).isEmpty();
    }

    @Test
    void refusesWhatIsDamaged() {
        assertThatThrownBy(() -> MeasuredText.read("conv2d_a\n\n", "measured"))
                .hasMessageContaining("OCTET-PLAN-001")
                .hasMessageContaining("measured, line 2");
        assertThatThrownBy(() -> MeasuredText.read("conv2d_a", "measured")).hasMessageContaining("OCTET-PLAN-001");
        assertThatThrownBy(() -> MeasuredText.write(new TreeSet<>(List.of("a b"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
