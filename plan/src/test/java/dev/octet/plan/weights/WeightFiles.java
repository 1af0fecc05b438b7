package dev.octet.plan.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Small files of weights for tests in other packages. */
public final class WeightFiles {
    private WeightFiles() {}

    /** Two quantised layers. */
    public static WeightsFile quantized() {
        return WeightsFileTest.sample();
    }

    /** Reads a file, and writes and reads what it held. */
    public static void requireSound(byte[] bytes) {
        WeightsFile file = WeightsFile.read(bytes, "weights.bin");
        assertThat(WeightsFile.read(file.write(), "weights.bin"))
                .usingRecursiveComparison()
                .isEqualTo(file);
    }

    /** A float file with several tensors. */
    public static byte[] safetensors() {
        return new SafetensorsWriter()
                .f32("conv.weight", List.of(2, 1, 2, 1), 1, 2, 3, 4)
                .f32("conv.bias", List.of(2), 5, 6)
                .norm("bn", new float[] {1, 2}, new float[2], new float[2], new float[] {3, 4})
                .tensor("half", "F16", List.of(3), new byte[6])
                .bytes();
    }

    /** A float file whose tensors are all halves, one empty and one a scalar. */
    public static byte[] halves() {
        return new SafetensorsWriter()
                .tensor("conv.weight", "BF16", List.of(2, 3), new byte[12])
                .tensor("scalar", "F16", List.of(), (byte) 1, (byte) 0x80)
                .tensor("empty", "F32", List.of(0, 7))
                .tensor("steps", "I64", List.of(1), new byte[8])
                .bytes();
    }
}
