package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.cuda.driver.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every byte that the driver gets, against offsets that a C compiler gave for cuda.h. */
class LaunchBlockTest {
    private static final long ADDRESS = 0x7f12_3456_7890L;
    private static final long STREAM = 0x5555_6666_7777L;

    private static byte[] filled(ByteBuffer arguments) {
        ByteBuffer block = LaunchBlock.allocate(arguments);
        LaunchBlock.fill(block, ADDRESS, new Context.Extents(11, 12, 256, 98304, true), STREAM, arguments);
        byte[] bytes = new byte[block.capacity()];
        block.get(0, bytes);
        return bytes;
    }

    @Test
    void isWhatTheDriversStructsAre() {
        byte[] random = new byte[40];
        new Random(31).nextBytes(random);
        ByteBuffer expected = ByteBuffer.allocate(56 + 72 + 8 + 40).order(ByteOrder.nativeOrder());
        expected.putInt(0, 11).putInt(4, 12).putInt(8, 1); // gridDimX, Y, Z
        expected.putInt(12, 256).putInt(16, 1).putInt(20, 1); // blockDimX, Y, Z
        expected.putInt(24, 98304); // sharedMemBytes
        expected.putLong(32, STREAM); // hStream
        expected.putLong(40, ADDRESS + 56); // attrs
        expected.putInt(48, 1); // numAttrs
        expected.putInt(56, 6).putInt(56 + 8, 1); // programmatic stream serialisation, allowed
        expected.putLong(128, ADDRESS + 136); // the only parameter
        expected.put(136, random);

        assertThat(filled(ByteBuffer.wrap(random))).isEqualTo(expected.array());
    }

    /** Kernel arguments are kept in native memory and used again. */
    @Test
    void takesAllArgumentsWhereverTheirBufferStands() {
        ByteBuffer arguments = ByteBuffer.allocateDirect(24).order(ByteOrder.LITTLE_ENDIAN);
        arguments.putLong(0, 1).putLong(8, 2).putLong(16, 3).position(8).limit(16);
        byte[] bytes = filled(arguments.clear());
        assertThat(ByteBuffer.wrap(bytes, 136, 24)
                        .slice()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer())
                .isEqualTo(arguments.clear().asLongBuffer());
    }
}
