package dev.octet.toolchain.nvrtc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;

/** Numbers and bytes with their length before them: nothing is longer than a limit, and noise is noticed. */
final class Frames {
    /** Longest part; kernels and their machine code are a thousandth of it. */
    private static final int LIMIT = 1 << 26;

    /** Begins every message, so that what a native library prints by itself is not taken for one: "OCT1". */
    private static final int MARK = 0x4F435431;

    private Frames() {}

    static void begin(DataOutputStream out) throws IOException {
        out.writeInt(MARK);
    }

    static void expectBegin(DataInputStream in) throws IOException {
        int found = in.readInt();
        if (found != MARK) {
            throw new StreamCorruptedException(String.format("%08x is not the start of a message", found));
        }
    }

    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(length(bytes.length));
        out.write(bytes);
    }

    static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[length(in.readInt())];
        in.readFully(bytes);
        return bytes;
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static int length(long length) throws IOException {
        if (length < 0 || length > LIMIT) {
            throw new StreamCorruptedException("a part of " + length + " bytes");
        }
        return (int) length;
    }
}
