package dev.octet.plan.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignContentTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Stream<Arguments> foreign() {
        String safetensors = "it looks like a safetensors file, which holds weights but no graph";
        return Stream.of(
                Arguments.of("\u0089PNG\r\n\u001a\n", "it looks like a PNG image"),
                Arguments.of("PK\u0003\u0004", "it looks like a zip archive, such as PyTorch and Keras write"),
                Arguments.of("\u0088\u0001\0\0\0\0\0\0{\"fc\"", safetensors),
                Arguments.of("\b\u0001\0\0\0\0\0\0{\"fc\"", safetensors),
                Arguments.of(
                        "version https://git-lfs", "it is a Git LFS pointer, not the file itself; run 'git lfs pull'"));
    }

    /** What to do with weights is no advice to who has a model. */
    @ParameterizedTest
    @MethodSource("foreign")
    void saysWhatLiesInThePlaceOfAModel(String start, String found) {
        assertThat(ForeignContent.insteadOfModel(bytes(start))).contains(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\b\b\u0012\7pytorch\u0012", "\b\7{", "\0\0\0\0\1\0\0\0{"})
    void saysNothingOfADamagedModel(String start) {
        assertThat(ForeignContent.insteadOfModel(bytes(start))).isEmpty();
    }
}
