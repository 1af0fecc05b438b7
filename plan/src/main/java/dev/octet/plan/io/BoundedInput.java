package dev.octet.plan.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads streams whose length nobody promised. */
public final class BoundedInput {
    private BoundedInput() {}

    /** All bytes up to the end of a stream; empty if there are more than {@code most}, which is all that is then read. */
    public static Optional<byte[]> read(InputStream in, int most) throws IOException {
        byte[] bytes = in.readNBytes(most);
        return bytes.length == most && in.read() >= 0 ? Optional.empty() : Optional.of(bytes);
    }
}
