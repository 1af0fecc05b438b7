package dev.octet.tools.onnx.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Bytes of an open file, not in memory until they are asked for.
 *
 * @param channel the file
 * @param start position of the first byte
 * @param length how many bytes
 */
record Stored(FileChannel channel, long start, long length) {
    Stored {
        if (start < 0 || length < 0) {
            throw new IllegalArgumentException("bytes " + start + " and " + length + " more");
        }
    }

    /** A part of these bytes; it must lie within them. */
    Stored part(long from, long bytes) {
        if (from < 0 || bytes < 0 || bytes > length - from) {
            throw new IllegalArgumentException("a block of " + Long.toUnsignedString(bytes) + " bytes at byte "
                    + (start + from) + ", where only " + (length - from) + " are left");
        }
        return new Stored(channel, start + from, bytes);
    }

    /** Reads a part into memory, little-endian. */
    ByteBuffer read(long from, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long position = part(from, bytes).start;
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    throw new EOFException("it ended at byte " + (position + buffer.position()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.flip();
    }

    /** Reads all bytes. */
    ByteBuffer read() {
        return read(0, Math.toIntExact(length));
    }
}
