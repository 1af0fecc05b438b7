package dev.octet.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ChannelMap.Segment;
import dev.octet.plan.graph.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteTensorTest {
    @Test
    void roundsHalvesToEven() {
        Shape shape = Shape.of(1, 1, 9);
        float[] values = {-127, -126.5f, -2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 126.5f, 127};
        ByteTensor tensor = new ByteTensor(Layout.pixels(shape, ChannelMap.dense(1)), new byte[9], true);
        tensor.write(0, 0, 0, 9, values, 0);
        assertThat(tensor.bytes(1)).containsExactly(-127, -126, -2, -2, 0, 0, 2, 126, 127);
    }

    @Test
    void roundsAsRintForEveryQuarterOfARange() {
        Shape shape = Shape.of(1, 1, 1);
        ByteTensor tensor = new ByteTensor(Layout.pixels(shape, ChannelMap.dense(1)), new byte[1], false);
        for (float value = 0; value <= 255; value += 0.25f) {
            tensor.write(0, 0, 0, 1, new float[] {value}, 0);
            assertThat(Byte.toUnsignedInt(tensor.bytes(1)[0])).as("%s", value).isEqualTo((int) Math.rint(value));
        }
    }

    @Test
    void putsChannelsWhereTheMapSays() {
        ChannelMap map = new ChannelMap(8, List.of(new Segment(0, 4, 2), new Segment(2, 1, 1)));
        byte[] data = new byte[16];
        java.util.Arrays.fill(data, (byte) 9);
        ByteTensor tensor = new ByteTensor(Layout.pixels(Shape.of(3, 1, 2), map), data, true);
        for (int c = 0; c < 3; c++) {
            tensor.write(0, c, 0, 2, new float[] {c + 1, -c - 1}, 0);
        }
        tensor.clearPadding(0, 0, 2);
        assertThat(tensor.bytes(1)).containsExactly(0, 3, 0, 0, 1, 2, 0, 0, 0, -3, 0, 0, -1, -2, 0, 0);
        float[] read = new float[3];
        tensor.read(0, 1, 0, 1, 2, read, 1);
        assertThat(read).containsExactly(0, 2, -2);
    }

    @Test
    void loadsRawImagesFromABuffersPositionIntoAnyLayout() {
        byte[] raw = {99, 1, 2, 3, 4, 5, 6};
        ByteBuffer buffer = ByteBuffer.wrap(raw).position(1);
        ByteTensor dense = new ByteTensor(Layout.pixels(Shape.of(3, 1, 2), ChannelMap.dense(3)), new byte[6], false);
        dense.load(buffer, 1);
        assertThat(dense.bytes(1)).containsExactly(1, 2, 3, 4, 5, 6);
        ByteTensor padded = new ByteTensor(Layout.pixels(Shape.of(3, 1, 2), ChannelMap.padded(3)), new byte[32], false);
        padded.load(buffer, 1);
        assertThat(padded.bytes(1)).startsWith(1, 2, 3, 0).containsSequence(0, 4, 5, 6, 0);
        assertThat(buffer.position()).isEqualTo(1);
    }
}
