package dev.octet.toolchain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a process's output, so that it never waits for a full pipe. */
final class ProcessOutput extends Thread {
    /** Output beyond this many bytes is read and dropped. */
    private static final int LIMIT = 1 << 20;

    private final InputStream stream;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ProcessOutput(InputStream stream) {
        super("octet-tool-output");
        this.stream = stream;
        setDaemon(true);
    }

    static ProcessOutput of(InputStream stream) {
        ProcessOutput output = new ProcessOutput(stream);
        output.start();
        return output;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            // The process was stopped; its output ends here.
            return;
        }
    }

    private synchronized void keep(byte[] buffer, int n) {
        bytes.write(buffer, 0, Math.min(n, LIMIT - bytes.size()));
    }

    /** What has come so far. */
    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
