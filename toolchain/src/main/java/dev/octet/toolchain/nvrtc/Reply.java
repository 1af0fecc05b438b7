package dev.octet.toolchain.nvrtc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What became of a request; one more comes at the start and says whether the libraries could be loaded.
 *
 * @param status the library's result code, 0 for success
 * @param log what the library said
 * @param output PTX or machine code, empty unless successful; not copied
 */
public record Reply(int status, String log, byte[] output) {
    /** A reply without output. */
    static Reply of(int status, String log) {
        return new Reply(status, log, new byte[0]);
    }

    void write(DataOutputStream out) throws IOException {
        Frames.begin(out);
        out.writeInt(status);
        Frames.write(out, log);
        Frames.write(out, output);
        out.flush();
    }

    /** Receives a reply. */
    public static Reply read(DataInputStream in) throws IOException {
        Frames.expectBegin(in);
        return new Reply(in.readInt(), Frames.readText(in), Frames.readBytes(in));
    }
}
