package dev.octet.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentStructTest {
    private static String hex(ByteBuffer buffer) {
        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.position()).isZero();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void hasPointersThenWorkspaceThenBatchPaddedToEightBytes() {
        ArgumentStruct arguments = new ArgumentStruct(List.of(0x1122334455667788L, 0x7f0000000100L), 0x99L);

        assertThat(hex(arguments.forBatch(0x01020304)))
                .isEqualTo("8877665544332211" + "0001000000" + "7f0000" + "9900000000000000" + "0403020100000000");
    }

    @Test
    void hasAPlaceForTheWorkspaceWithoutOne() {
        assertThat(hex(new ArgumentStruct(List.of(), 0).forBatch(1)))
                .isEqualTo("0000000000000000" + "0100000000000000");
    }

    @Test
    void changesOnlyTheBatch() {
        ArgumentStruct arguments = new ArgumentStruct(List.of(1L), 2);
        arguments.forBatch(-1);

        assertThat(hex(arguments.forBatch(7))).isEqualTo("0100000000000000" + "0200000000000000" + "0700000000000000");
    }
}
