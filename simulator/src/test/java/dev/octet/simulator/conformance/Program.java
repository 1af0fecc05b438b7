package dev.octet.simulator.conformance;

import dev.octet.plan.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A kernel {@code k} with its input. Its only parameter is a struct of two pointers, to the input and to the output, of
 * which it writes every byte.
 *
 * @param name what it shows, unique among all programs
 * @param ptx a module
 * @param input bytes of the input, never none
 * @param outputBytes bytes of the output
 * @param extents of the launch
 */
record Program(String name, String ptx, byte[] input, int outputBytes, Extents extents) {
    /**
     * Extents of a launch.
     *
     * @param gridX blocks along x
     * @param gridY blocks along y
     * @param threads threads of a block
     * @param sharedBytes dynamic shared memory
     */
    record Extents(int gridX, int gridY, int threads, int sharedBytes) {
        int allThreads() {
            return gridX * gridY * threads;
        }
    }

    /** What results depend on, in 16 hexadecimal digits: the PTX, the input and the extents. */
    String hash() {
        byte[] text = ptx.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(text.length + input.length + 24).order(ByteOrder.LITTLE_ENDIAN);
        all.putInt(text.length).put(text).put(input).putInt(outputBytes);
        all.putInt(extents.gridX()).putInt(extents.gridY()).putInt(extents.threads());
        return Sha256.hex(all.putInt(extents.sharedBytes()).array()).substring(0, 16);
    }

    @Override
    public String toString() {
        return name;
    }
}
