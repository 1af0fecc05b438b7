package dev.octet.plan.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {
    private static Geometry limited(long unitsPerImage, long unitsPerBlock, int mostX) {
        return new Geometry(unitsPerImage, unitsPerBlock, 1, 128, 0, 1, false, mostX);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 4, 1, 2147483647, 2",
        "6, 4, 3, 2147483647, 5",
        "6, 4, 3, 5, 5",
        "6, 4, 3, 4, 4",
        "6, 4, 1, 4, 2",
        "3136, 64, 128, 132, 132",
        "1, 1, 2147483647, 2147483647, 2147483647",
        "1099511627776, 1, 65536, 132, 132"
    })
    void hasABlockForAllUnitsUpToTheLimit(long unitsPerImage, long unitsPerBlock, int batch, int mostX, int blocks) {
        assertThat(limited(unitsPerImage, unitsPerBlock, mostX).gridX(batch)).isEqualTo(blocks);
    }

    @Test
    void refusesMoreBlocksThanALaunchCanHave() {
        Geometry large = Geometry.of(1L << 40, 1, 1, 32);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> large.gridX(1));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> limited(1L << 62, 1, 7).gridX(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesALimitWithoutBlocks(int mostX) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limited(6, 4, mostX))
                .withMessage("bad grid: 6/4 x 1, at most " + mostX);
    }

    @Test
    void isLimitedOnlyIfItSaysSo() {
        assertThat(Geometry.of(6, 4, 1, 32).isLimited()).isFalse();
        assertThat(new Geometry(6, 4, 1, 32, 0, 1, true))
                .isEqualTo(new Geometry(6, 4, 1, 32, 0, 1, true, Geometry.UNLIMITED));
        assertThat(limited(6, 4, 1).isLimited()).isTrue();
    }
}
