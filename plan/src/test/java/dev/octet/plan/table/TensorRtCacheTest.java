package dev.octet.plan.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octet.plan.diag.OctetException;
import dev.octet.testkit.DamagedCopies;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorRtCacheTest {
    private static final String TEXT =
            "TRT-100100-EntropyCalibration2\ninput_tensor_0: 3f810204\n(Unnamed Layer* 3) [Pool]: out: 40d02b32\n";

    private static TensorRtCache read(String text) {
        return TensorRtCache.read(text, "calibrator.cache");
    }

    /** What an import makes of a cache whose tensors are values. */
    private static CalibrationTable table(TensorRtCache cache) {
        Map<String, Float> amax = new TreeMap<>();
        cache.scales().forEach((tensor, scale) -> amax.put(tensor, TensorRtCache.amax(scale)));
        String hash = "0a".repeat(32);
        CalibrationTable table =
                new CalibrationTable("com.acme.Net", hash, hash, cache.header(), 0, new TreeMap<>(amax));
        return CalibrationTable.read(table.write(), "table");
    }

    @Test
    void readsWhatItWrites() {
        TensorRtCache cache = read(TEXT);
        assertThat(cache.write()).isEqualTo(TEXT);
        assertThat(cache.header()).isEqualTo("TRT-100100-EntropyCalibration2");
        assertThat(cache.scales().keySet()).containsExactly("input_tensor_0", "(Unnamed Layer* 3) [Pool]: out");
        assertThat(read(TEXT.replace("\n", "\r\n"))).isEqualTo(cache);
    }

    /** The input of an image network in a published cache has the range 128. */
    @Test
    void aScaleIsTheRangeOver127() {
        assertThat(TensorRtCache.amax(read(TEXT).scales().get("input_tensor_0")))
                .isEqualTo(128);
        assertThat(TensorRtCache.scale(128)).isEqualTo(Float.intBitsToFloat(0x3f810204));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCacheThatBecameATableIsWrittenBackAsTheSameText(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("TRT-8601-EntropyCalibration2\n");
        for (int i = 0; i < 20_000; i++) {
            int exponent = random.nextInt(4) == 0 ? 1 + random.nextInt(240) : 120 + random.nextInt(12);
            int bits = exponent << 23 | random.nextInt(1 << 23);
            text.append(String.format("t%d: %08x%n", i, bits).replace("\r", ""));
        }
        TensorRtCache cache = read(text.toString());
        CalibrationTable table = table(cache);
        assertThat(cache.with(table, TensorRtNames.SAME).write())
                .as("seed %d", seed)
                .isEqualTo(text.toString());
        long lossy = cache.scales().values().stream()
                .filter(scale -> TensorRtCache.scale(TensorRtCache.amax(scale)) != scale)
                .count();
        assertThat(lossy).as("scales that do not follow from their range").isPositive();
    }

    @Test
    void changedRangesBecomeScales() {
        TensorRtCache cache = read("TRT-1-A\nb: 3f800000\na: 3f800001\nleft out: 3f800002\n");
        TensorRtNames names = new TensorRtNames(Map.of("left out", Optional.empty()));
        CalibrationTable old = table(read("TRT-1-A\na: 3f800001\nb: 3f800000\n"));
        TreeMap<String, Float> changed = new TreeMap<>(old.amax());
        changed.put("b", 254f);
        CalibrationTable table =
                new CalibrationTable(old.network(), old.graphHash(), old.weightsHash(), "mse", 9, changed);
        assertThat(cache.with(table, names).with("TRT-2-B").write())
                .isEqualTo("TRT-2-B\nb: 40000000\na: 3f800001\nleft out: 3f800002\n");
        TensorRtNames other = new TensorRtNames(Map.of("x y", Optional.of("b")));
        assertThat(TensorRtCache.of(table, other, "TRT-3-C").write())
                .isEqualTo("TRT-3-C\na: 3f800001\nx y: 40000000\n");
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> cache.with(table, TensorRtNames.SAME))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TableCode.MISSING))
                .withMessageContaining("'left out'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRT-100100        | RTR-100100                 | 1 | no version and algorithm of TensorRT",
                "3f810204          | 3f81020                    | 2 | found 'input_tensor_0: 3f81020'",
                "3f810204          | 3F810204                   | 2 | 8 hexadecimal digits",
                "3f810204          | 00000000                   | 2 | scale of tensor 'input_tensor_0' is 0.0",
                "3f810204          | bf810204                   | 2 | scale of tensor 'input_tensor_0' is -1.0",
                "40d02b32          | 7fc00000                   | 3 | is NaN",
                "40d02b32          | 7f7fffff                   | 3 | not positive and finite",
                "input_tensor_0: 3f810204 | input_tensor_0 3f810204 | 2 | expected '<tensor>: <8 hexadecimal digits>'",
                "input_tensor_0: 3f810204 | : 3f810204           | 2 | a tensor has a name",
                "40d02b32          | 40d02b32\\ninput_tensor_0: 40d02b32 | 4 | 'input_tensor_0' is listed twice",
                "40d02b32\\n       | 40d02b32                   | 3 | the file ends within a line",
            })
    void refusesWhatNoCacheHas(String part, String other, int line, String complaint) {
        String text = TEXT.replace(part.replace("\\n", "\n"), other.replace("\\n", "\n"));
        assertThat(text).isNotEqualTo(TEXT);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TensorRtCode.MALFORMED))
                .withMessageContaining("calibrator.cache, line " + line + ": ")
                .withMessageContaining(complaint);
    }

    @Test
    void damagedFilesAreRefusedOrRead() throws Exception {
        DamagedCopies.of("TENSORRT", TEXT.getBytes(StandardCharsets.UTF_8)).check(2000, 20, bytes -> {
            TensorRtCache cache = read(new String(bytes, StandardCharsets.UTF_8));
            assertThat(read(cache.write())).isEqualTo(cache);
            return true;
        });
        byte[] names = "# names\nimage input 0\n- other\n".getBytes(StandardCharsets.UTF_8);
        DamagedCopies.of("TENSORRT", names).check(2000, 20, bytes -> {
            TensorRtNames.read(new String(bytes, StandardCharsets.UTF_8), "names");
            return true;
        });
    }

    @Test
    void namesLeadBothWays() {
        TensorRtNames names = TensorRtNames.read("# two\nimage input:0 a\n- skipped\n\nb1.relu 17\n", "names");
        assertThat(names.value("input:0 a")).contains("image");
        assertThat(names.value("skipped")).isEmpty();
        assertThat(names.value("fc")).contains("fc");
        assertThat(names.tensors()).isEqualTo(Map.of("image", "input:0 a", "b1.relu", "17"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image       | 1 | expected '<value> <tensor>'",
                "a b\\na c   | 2 | value 'a' is listed twice",
                "a b\\nc b   | 2 | tensor 'b' is listed twice",
                "im:age b    | 1 | not a name",
            })
    void refusesOtherNames(String text, int line, String complaint) {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> TensorRtNames.read(text.replace("\\n", "\n") + "\n", "names"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TensorRtCode.NAMES))
                .withMessageContaining("names, line " + line + ": ")
                .withMessageContaining(complaint);
    }

    @Test
    void constructorsRefuseNonsense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TensorRtCache("TRT", Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new TensorRtCache("TRT-1-A", Map.of("a\nb", 1f)));
        assertThatIllegalArgumentException().isThrownBy(() -> new TensorRtCache("TRT-1-A", Map.of("a", 0f)));
        Map<String, Optional<String>> twice = new LinkedHashMap<>();
        twice.put("a", Optional.of("v"));
        twice.put("b", Optional.of("v"));
        assertThatIllegalArgumentException().isThrownBy(() -> new TensorRtNames(twice));
    }
}
