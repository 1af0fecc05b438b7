package dev.octet.testkit.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtoMessageTest {
    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** 150 in field 1 and "testing" in field 2 are the examples of the format's description. */
    @Test
    void writesWhatTheFormatSays() {
        assertThat(new ProtoWriter().number(1, 150).toBytes()).isEqualTo(bytes(0x08, 0x96, 0x01));
        assertThat(new ProtoWriter().string(2, "testing").toBytes())
                .isEqualTo(bytes(0x12, 7, 't', 'e', 's', 't', 'i', 'n', 'g'));
        assertThat(new ProtoWriter().number(3, 1f).toBytes()).isEqualTo(bytes(0x1d, 0, 0, 0x80, 0x3f));
        assertThat(new ProtoWriter().number(1, -1).toBytes()).hasSize(11);
    }

    @Test
    void readsWhatWasWritten() {
        ProtoWriter inner = new ProtoWriter().number(1, Long.MIN_VALUE).number(1, 7);
        ProtoMessage message = ProtoMessage.parse(new ProtoWriter()
                .message(4, inner)
                .string(2, "text")
                .bytes(5, bytes(3, 0x8e, 2))
                .toBytes());
        assertThat(message.message(4).numbers(1)).containsExactly(Long.MIN_VALUE, 7L);
        assertThat(message.message(4).number(1, 0)).isEqualTo(7);
        assertThat(message.string(2)).isEqualTo("text");
        assertThat(message.numbers(5)).as("packed").containsExactly(3L, 270L);
        assertThat(message.number(9, 11)).isEqualTo(11);
    }

    @Test
    void everyCutIsRefusedOrAMessageOfItsOwn() {
        byte[] whole = TensorData.of("x", OnnxType.INT8, List.of(2L, 2L), 1, -2, 3, -128)
                .message()
                .toBytes();
        TensorData tensor = TensorData.parse(whole);
        assertThat(tensor.integers()).containsExactly(1, -2, 3, -128);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> TensorData.parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ProtoMessage.parse(bytes(0x12, 0xff, 0xff, 0xff, 0xff, 0x0f)))
                .hasMessage("field 2 has 4294967295 bytes, but the message only 0 more");
        assertThatThrownBy(() -> ProtoMessage.parse(bytes(0x0b))).hasMessageContaining("unknown wire type 3");
    }

    @Test
    void valuesFitTheirType() {
        assertThatThrownBy(() -> TensorData.of("x", OnnxType.UINT8, List.of(1L), 256))
                .hasMessage("x has values beyond UINT8");
        assertThatThrownBy(() -> TensorData.of("x", List.of(2L), 1f)).hasMessage("4 bytes for FLOAT[2] in x");
    }
}
