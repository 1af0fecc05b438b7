package dev.octet.toolchain.nvrtc;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The forked program: answers requests until its input ends. Native code that crashes or hangs takes this process down
 * or is stopped with it, never the build. Needs of Octet only this package.
 */
public final class NvrtcProgram {
    /** Does the work. */
    interface Libraries {
        Reply answer(Request request);
    }

    private NvrtcProgram() {}

    /** Takes three libraries by their paths, in the order in which they are loaded: builtins, NVRTC, nvJitLink. */
    public static void main(String[] arguments) throws IOException {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        DataOutputStream replies = new DataOutputStream(new BufferedOutputStream(out));
        Libraries libraries;
        try {
            libraries = CudaLibraries.load(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        } catch (LinkageError | RuntimeException e) {
            Reply.of(1, e.toString()).write(replies);
            return;
        }
        Reply.of(0, "").write(replies);
        serve(libraries, System.in, replies);
    }

    static void serve(Libraries libraries, InputStream in, DataOutputStream replies) throws IOException {
        DataInputStream requests = new DataInputStream(new BufferedInputStream(in));
        for (Optional<Request> request = Request.read(requests);
                request.isPresent();
                request = Request.read(requests)) {
            libraries.answer(request.get()).write(replies);
        }
    }
}
