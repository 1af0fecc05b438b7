package dev.octet.plan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.table.CalibrationTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsFileTest {
    private static final int FIRST_LAYER = 80;

    static WeightsFile sample() {
        SortedMap<String, QuantizedLayer> layers = new TreeMap<>();
        layers.put("a", new QuantizedLayer("a", 1, 2, 3, new byte[] {1, -127, 127, 0, 5, 6}, floats(.5f), floats(-1)));
        layers.put("b.fc", new QuantizedLayer("b.fc", 2, 1, 1, new byte[] {7, 8}, floats(1, 2), floats(0, 3)));
        return new WeightsFile("0a".repeat(32), "f1".repeat(32), layers);
    }

    private static float[] floats(float... values) {
        return values;
    }

    /** The file with one number changed, and a checksum that agrees. */
    private static byte[] changed(int position, long value, int bytes) {
        byte[] file = sample().write();
        byte[] number = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        System.arraycopy(number, 0, file, position, bytes);
        return signed(file);
    }

    private static byte[] signed(byte[] file) {
        String hash = Sha256.hex(Arrays.copyOf(file, file.length - 32));
        System.arraycopy(HexFormat.of().parseHex(hash), 0, file, file.length - 32, 32);
        return file;
    }

    private static void refuses(byte[] bytes, WeightsCode code, String message) {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> WeightsFile.read(bytes, "weights.bin"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .withMessageContaining("weights.bin")
                .withMessageContaining(message);
    }

    @Test
    void readsWhatItWrites() {
        WeightsFile file = sample();
        WeightsFile read = WeightsFile.read(file.write(), "weights.bin");
        assertThat(read).usingRecursiveComparison().isEqualTo(file);
        assertThat(read.write()).isEqualTo(file.write());
        assertThat(read.layers().get("a").weights()).containsExactly(1, -127, 127, 0, 5, 6);
    }

    @Test
    void keepsTheTableThatWeightsWereCorrectedFor() {
        WeightsFile marked = sample().forTable("7c".repeat(32));
        WeightsFile read = WeightsFile.read(marked.write(), "weights.bin");
        assertThat(read).usingRecursiveComparison().isEqualTo(marked);
        assertThat(sample().tableHash()).isEmpty();

        CalibrationTable table =
                new CalibrationTable("com.acme.Net", "0a".repeat(32), "f1".repeat(32), "naive", 1, new TreeMap<>());
        sample().checkTable(table);
        sample().forTable(table.hash()).checkTable(table);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> marked.checkTable(table))
                .satisfies(e -> assertThat(e.code()).isEqualTo(WeightsCode.OTHER_TABLE));
    }

    @Test
    void refusesMarksThatAreNone() {
        byte[] file = sample().write();
        int mark = file.length - 33;
        assertThat(file[mark]).isZero();
        file[mark] = 2;
        refuses(signed(file), WeightsCode.DAMAGED, "mark 2");
    }

    @Test
    void everyByteIsProtected() {
        byte[] file = sample().write();
        for (int i = 0; i < file.length; i++) {
            byte[] wrong = file.clone();
            wrong[i] ^= 1;
            assertThatExceptionOfType(OctetException.class)
                    .as("byte %d", i)
                    .isThrownBy(() -> WeightsFile.read(wrong, "weights.bin"));
        }
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] file = sample().write();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            refuses(cut, WeightsCode.DAMAGED, "");
            if (length >= FIRST_LAYER + 32) {
                refuses(signed(cut), WeightsCode.DAMAGED, "it ends too early");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "76 | 4 | -1          | -1 layers",
                "76 | 4 | 2147483647  | it ends too early",
                "76 | 4 | 1           | it ends too early",
                "80 | 2 | -1          | it ends too early",
                "82 | 1 | 255         | a name is not UTF-8",
                "82 | 1 | 122         | layer b.fc is out of order",
                "83 | 4 | 0           | layer a has a size that is not positive",
                "83 | 4 | 2147483647  | integer overflow",
                "91 | 4 | 1000000000  | it ends too early",
                "96 | 1 | 128         | layer a has a weight of -128",
                "101| 4 | 0           | layer a has scale 0.0",
                "101| 4 | 2143289344  | layer a has scale NaN",
                "105| 4 | 2139095040  | bias Infinity in channel 0",
            })
    void refusesNonsenseWithAChecksum(int position, int bytes, long value, String message) {
        refuses(changed(position, value, bytes), WeightsCode.DAMAGED, message);
    }

    @Test
    void versions() {
        refuses(changed(8, 2, 2), WeightsCode.VERSION, "weights.bin has weights version 2.2, this Octet reads 1.2");
        byte[] later = changed(10, 3, 2);
        byte[] longer = Arrays.copyOf(later, later.length + 5);
        assertThat(WeightsFile.read(signed(longer), "weights.bin"))
                .usingRecursiveComparison()
                .isEqualTo(sample());
    }

    @Test
    void nothingFollowsTheEnd() {
        byte[] file = sample().write();
        refuses(signed(Arrays.copyOf(file, file.length + 5)), WeightsCode.DAMAGED, "5 bytes follow the last layer");
    }

    @Test
    void keepsFloatLayersToTheBit() {
        SortedMap<String, FloatLayer> floats = new TreeMap<>();
        floats.put("first", new FloatLayer("first", 2, 1, 2, floats(.1f, -0f, 3e-42f, -7), floats(0, 1e30f)));
        WeightsFile file = new WeightsFile("0a".repeat(32), "f1".repeat(32), sample().layers(), floats);
        assertThat(WeightsFile.read(file.write(), "weights.bin"))
                .usingRecursiveComparison()
                .isEqualTo(file);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FloatLayer("first", 1, 1, 1, floats(1), floats(-0f)))
                .withMessage("layer first has a weight or bias of -0.0");
    }

    @Test
    void readsFilesOfTheFirstVersion() {
        byte[] first = sample().write();
        byte[] cut = Arrays.copyOf(first, first.length - Integer.BYTES - 1);
        cut[10] = 0;
        assertThat(WeightsFile.read(signed(cut), "weights.bin"))
                .usingRecursiveComparison()
                .isEqualTo(sample());
    }

    @Test
    void readsFilesWithoutAMark() {
        byte[] second = sample().write();
        byte[] cut = Arrays.copyOf(second, second.length - 1);
        cut[10] = 1;
        assertThat(WeightsFile.read(signed(cut), "weights.bin"))
                .usingRecursiveComparison()
                .isEqualTo(sample());
    }

    @Test
    void layersAreListedByTheirNames() {
        SortedMap<String, QuantizedLayer> layers = new TreeMap<>();
        layers.put("b", sample().layers().get("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeightsFile("0a".repeat(32), "f1".repeat(32), layers))
                .withMessage("layer a is listed as b");
    }
}
