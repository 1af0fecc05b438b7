package dev.octet.plan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octet.plan.diag.OctetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    private void refuses(byte[] bytes, WeightsCode code, String message) {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> Safetensors.open(SafetensorsWriter.write(folder, bytes)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .withMessageContaining(message);
    }

    @Test
    void readsTensorsAndMetadata() throws IOException {
        Safetensors file = new SafetensorsWriter()
                .f32("b.weight", List.of(2, 1), 1.5f, -2)
                .f32("a.bias", List.of(), Float.MIN_VALUE)
                .f32("empty", List.of(0, 3))
                .open(folder);
        assertThat(file.tensors().keySet()).containsExactly("a.bias", "b.weight", "empty");
        assertThat(file.tensors().get("b.weight").shape()).containsExactly(2, 1);
        assertThat(file.read("b.weight")).containsExactly(1.5f, -2);
        assertThat(file.read("a.bias")).containsExactly(Float.MIN_VALUE);
        assertThat(file.read("empty")).isEmpty();
        assertThat(file.metadata()).containsExactly(org.assertj.core.api.Assertions.entry("source", "a é\n"));
        assertThat(file.sha256()).isEqualTo(dev.octet.plan.io.Sha256.hex(Files.readAllBytes(file.path())));
    }

    @ParameterizedTest
    @CsvSource({
        "F16, 0000, 0",
        "F16, 8000, -0.0",
        "F16, 3C00, 1",
        "F16, C100, -2.5",
        "F16, 7BFF, 65504",
        "F16, 0400, 6.1035156e-5",
        "F16, 0001, 5.9604645e-8",
        "F16, 83FF, -6.097555e-5",
        "F16, 7C00, Infinity",
        "F16, FC00, -Infinity",
        "F16, 7E00, NaN",
        "BF16, 3F80, 1",
        "BF16, C020, -2.5",
        "BF16, 0001, 9.18355e-41",
        "BF16, 7F80, Infinity"
    })
    void widensHalves(String dtype, String bits, float value) {
        int number = Integer.parseInt(bits, 16);
        Safetensors file = new SafetensorsWriter()
                .tensor("x", dtype, List.of(1), (byte) number, (byte) (number >> 8))
                .open(folder);
        assertThat(Float.floatToIntBits(file.read("x")[0])).isEqualTo(Float.floatToIntBits(value));
    }

    @Test
    void otherTypesAreNamedWhenTheyAreRead() {
        Safetensors file = new SafetensorsWriter()
                .tensor("bn.num_batches_tracked", "I64", List.of(), new byte[8])
                .open(folder);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> file.read("bn.num_batches_tracked"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(WeightsCode.DTYPE))
                .withMessageContaining("'bn.num_batches_tracked' has type I64");
    }

    @Test
    void aMissingTensorIsNamedWithWhatIsNear() {
        Safetensors file = new SafetensorsWriter()
                .f32("module.conv1.weight", List.of(1), 1)
                .f32("fc.bias", List.of(1), 1)
                .open(folder);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> file.read("conv1.weight"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(WeightsCode.MISSING))
                .withMessageContaining("has no tensor 'conv1.weight'. Did you mean 'module.conv1.weight'?");
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> file.read("unlike.anything"))
                .withMessageNotContaining("Did you mean");
    }

    @Test
    void tensorsMayBeListedInAnyOrder() {
        String header = "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                + "\"a\":{\"data_offsets\":[0,4],\"shape\":[],\"dtype\":\"F32\"}}";
        byte[] data = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};
        Safetensors file = Safetensors.open(SafetensorsWriter.write(folder, SafetensorsWriter.bytes(header, data)));
        assertThat(file.read("a")).containsExactly(1);
        assertThat(file.read("b")).containsExactly(2);
    }

    /** Names are repeated in messages, texts of the metadata are not. */
    @Test
    void namesHaveALimitAndMetadataHasNone() {
        String text = "x".repeat(1 << 16);
        refuses(
                SafetensorsWriter.bytes("{\"" + text + "\":{}}", new byte[0]),
                WeightsCode.MALFORMED,
                "a name is longer than 1024 characters");
        byte[] notes = SafetensorsWriter.bytes("{\"__metadata__\":{\"notes\":\"" + text + "\"}}", new byte[0]);
        assertThat(Safetensors.open(SafetensorsWriter.write(folder, notes)).metadata())
                .containsEntry("notes", text);
    }

    @Test
    void aGitLfsPointerIsNamedAsSuch() {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n";
        refuses(pointer.getBytes(StandardCharsets.US_ASCII), WeightsCode.LFS_POINTER, "Run 'git lfs pull'");
    }

    @Test
    void lyingLengths() {
        refuses(new byte[7], WeightsCode.MALFORMED, "it has only 7 bytes");
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 9}) {
            byte[] bytes = ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array();
            refuses(bytes, WeightsCode.MALFORMED, "its header should have " + Long.toUnsignedString(length));
        }
    }

    @Test
    void headersHaveALimit() {
        byte[] bytes = SafetensorsWriter.bytes("{}" + " ".repeat(1 << 24), new byte[0]);
        refuses(bytes, WeightsCode.MALFORMED, "its header of 16777218 bytes exceeds 16777216");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]                                                         | expected {",
                "{\"a\":1}                                                  | expected {",
                "{}x                                                        | text after the header",
                "{\"a                                                       | the header ends within a string",
                "{\"\\x\":1}                                                | unknown escape",
                "{\"a\":{\"dtype\":\"F32\"}}                                | tensor 'a' lacks dtype, shape",
                "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}              | key 'dtype' occurs twice",
                "{\"a\":{\"mood\":\"F32\"}}                                 | tensor 'a' has an unknown field mood",
                "{A[1]@[0,4],A[1]@[4,8]}                                    | key 'a' occurs twice",
                "{A[1]@[0]}                                                 | two data_offsets",
                "{A[1]@[4,0]}                                               | ends before it begins",
                "{A[1]@[0,-4]}                                              | expected an integer",
                "{A[01]@[0,4]}                                              | expected an integer",
                "{A[3]@[0,8]}                                               | of F32 [3] has 8 bytes",
                "{A[99999999999]@[0,8]}                                     | integer overflow",
                "{A[2147483647,2147483647,2147483647]@[0,8]}                | overflow",
                "{A[4]@[0,16]}                                              | ends at byte",
                "{A[1]@[4,8]}                                               | leaves a hole before it",
                "{A[1]@[0,4]}                                               | the tensors end at byte",
                "{A[1]@[0,4],B[2]@[0,8]}                                    | overlaps another",
            })
    void refusesHeadersThatLie(String template, String message) {
        String header = template.replace("A[", "\"a\":{\"dtype\":\"F32\",\"shape\":[")
                .replace("B[", "\"b\":{\"dtype\":\"F32\",\"shape\":[")
                .replaceAll("@(\\[[^]]*])", ",\"data_offsets\":$1}");
        refuses(SafetensorsWriter.bytes(header, new byte[8]), WeightsCode.MALFORMED, message);
    }
}
