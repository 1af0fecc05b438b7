package dev.octet.toolchain.nvrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    private static final Request REQUEST =
            new Request(Request.Work.ASSEMBLE, List.of("-arch=sm_90", "-DNAME=gr\u00fcn"), new byte[] {0, 1, -1});

    private static byte[] bytes(Request request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @Test
    void carryRequests() throws IOException {
        DataInputStream in = in(bytes(REQUEST));

        Request found = Request.read(in).orElseThrow();

        assertThat(found.work()).isEqualTo(REQUEST.work());
        assertThat(found.options()).isEqualTo(REQUEST.options());
        assertThat(found.input()).isEqualTo(REQUEST.input());
        assertThat(Request.read(in)).isEqualTo(Optional.empty());
    }

    @Test
    void carryReplies() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Reply(-3, "two\nlines", new byte[] {127, 'E'}).write(new DataOutputStream(bytes));

        Reply found = Reply.read(in(bytes.toByteArray()));

        assertThat(found.status()).isEqualTo(-3);
        assertThat(found.log()).isEqualTo("two\nlines");
        assertThat(found.output()).containsExactly(127, 'E');
    }

    @Test
    void refuseRequestsThatBreakOff() throws IOException {
        byte[] whole = bytes(REQUEST);
        for (int length = 1; length < whole.length; length++) {
            DataInputStream in = in(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Request.read(in))
                    .as("the first %d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5, 6})
    void refuseNoise(int place) throws IOException {
        byte[] bytes = bytes(REQUEST);
        bytes[place] ^= (byte) 0xC0;

        assertThatThrownBy(() -> Request.read(in(bytes))).isInstanceOf(StreamCorruptedException.class);
    }

    @Test
    void refuseTooManyOptions() {
        List<String> options = Collections.nCopies(65, "-v");
        assertThatThrownBy(() -> new Request(Request.Work.COMPILE, options, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
