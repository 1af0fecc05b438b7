package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.cuda.driver.DriverException;
import java.util.function.IntSupplier;
import jcuda.CudaException;
import org.junit.jupiter.api.Test;

class JCudaBindingTest {
    private static final IntSupplier THROWS = () -> {
        throw new CudaException("CUDA_ERROR_OUT_OF_MEMORY");
    };

    @Test
    void takesAnExceptionOfJCudaForItsResult() {
        assertThat(JCudaBinding.result(THROWS)).isEqualTo(DriverException.OUT_OF_MEMORY);
        assertThat(JCudaBinding.result(() -> 7)).isEqualTo(7);
    }

    @Test
    void knowsTheNumbersOfResults() {
        assertThat(JCudaBinding.number("CUDA_ERROR_NOT_FOUND")).isEqualTo(DriverException.NOT_FOUND);
        assertThat(JCudaBinding.number("CUDA_ERROR_INVALID_PTX")).isEqualTo(DriverException.INVALID_PTX);
        assertThat(JCudaBinding.number("no result")).isEqualTo(999);
    }
}
