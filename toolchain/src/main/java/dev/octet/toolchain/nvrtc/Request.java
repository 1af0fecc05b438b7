package dev.octet.toolchain.nvrtc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the program is to do with one kernel.
 *
 * @param work what to do
 * @param options of the library, in its own words
 * @param input CUDA source or PTX as UTF-8; not copied
 */
public record Request(Work work, List<String> options, byte[] input) {
    private static final int MOST_OPTIONS = 64;

    /** What there is to do. */
    public enum Work {
        /** CUDA source to PTX, by NVRTC. */
        COMPILE,
        /** PTX to machine code, by nvJitLink. */
        ASSEMBLE
    }

    public Request {
        options = List.copyOf(options);
        if (options.size() > MOST_OPTIONS) {
            throw new IllegalArgumentException(options.size() + " options");
        }
    }

    /** Sends the request. */
    public void write(DataOutputStream out) throws IOException {
        Frames.begin(out);
        out.writeByte(work.ordinal());
        out.writeByte(options.size());
        for (String option : options) {
            Frames.write(out, option);
        }
        Frames.write(out, input);
        out.flush();
    }

    /** Receives a request; empty if the stream ends before it. */
    static Optional<Request> read(DataInputStream in) throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return Optional.empty();
        }
        in.reset();
        Frames.expectBegin(in);
        int work = in.readUnsignedByte();
        int count = in.readUnsignedByte();
        if (work >= Work.values().length || count > MOST_OPTIONS) {
            throw new StreamCorruptedException("work " + work + " with " + count + " options");
        }
        List<String> options = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            options.add(Frames.readText(in));
        }
        return Optional.of(new Request(Work.values()[work], options, Frames.readBytes(in)));
    }
}
