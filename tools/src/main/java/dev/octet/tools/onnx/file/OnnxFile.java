package dev.octet.tools.onnx.file;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.ForeignContent;
import dev.octet.plan.io.StoredFiles;
import dev.octet.tools.onnx.OnnxCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * An open file in the format of <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">ONNX</a>. Its structure is
 * in memory; the numbers of its tensors are read when they are asked for, which fails once it is closed.
 */
public final class OnnxFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final ExternalFiles external;
    private final Model model;

    private OnnxFile(Path path, FileChannel channel, ExternalFiles external, Model model) {
        this.path = path;
        this.channel = channel;
        this.external = external;
        this.model = model;
    }

    /**
     * Opens a file and reads its structure.
     *
     * @throws OctetException {@link OnnxCode#UNREADABLE}, {@link OnnxCode#MALFORMED}, {@link OnnxCode#TOO_LARGE} or
     *     {@link OnnxCode#EXTERNAL_DATA}
     */
    public static OnnxFile open(Path path) {
        FileChannel channel = null;
        ExternalFiles external = new ExternalFiles(path);
        boolean opened = false;
        try {
            channel = FileChannel.open(path);
            Model model = read(path, channel, external);
            opened = true;
            return new OnnxFile(path, channel, external, model);
        } catch (IOException e) {
            throw new OctetException(e, OnnxCode.UNREADABLE, path, StoredFiles.reason(path, e));
        } catch (UncheckedIOException e) {
            throw new OctetException(e, OnnxCode.UNREADABLE, path, StoredFiles.reason(path, e.getCause()));
        } finally {
            if (!opened) {
                close(channel, external);
            }
        }
    }

    private static Model read(Path path, FileChannel channel, ExternalFiles external) throws IOException {
        Stored file = new Stored(channel, 0, channel.size());
        try {
            return new ModelReader(external).read(file);
        } catch (Budget.Exceeded e) {
            throw new OctetException(e, OnnxCode.TOO_LARGE, path, e.getMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            byte[] start = file.read(0, (int) Math.min(file.length(), ForeignContent.LOOKED_AT))
                    .array();
            String found = ForeignContent.insteadOfModel(start)
                    .orElseGet(() -> ModelText.plain(String.valueOf(e.getMessage())));
            throw new OctetException(e, OnnxCode.MALFORMED, path, found);
        }
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** What it holds. */
    public Model model() {
        return model;
    }

    @Override
    public void close() {
        close(channel, external);
    }

    private static void close(FileChannel channel, ExternalFiles external) {
        external.close();
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
