package dev.octet.tools.onnx.file;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.weights.WeightsName;
import dev.octet.tools.onnx.OnnxCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files of tensors beside a model. Only what really lies below the model's folder is opened, links resolved. */
final class ExternalFiles implements AutoCloseable {
    private static final int MOST = 1000;

    private final Path model;
    private final Map<String, FileChannel> open = new LinkedHashMap<>();

    ExternalFiles(Path model) {
        this.model = model;
    }

    /**
     * Bytes of a file.
     *
     * @param tensor name of the tensor, for messages
     * @param location name of the file as the model gives it
     * @param offset first byte
     * @param length how many, as the tensor's shape implies
     */
    Stored find(String tensor, String location, long offset, long length) {
        try {
            FileChannel channel = open.get(location);
            if (channel == null) {
                channel = open(tensor, location);
                open.put(location, channel);
            }
            if (offset < 0 || offset > channel.size() - length) {
                throw refusal(
                        tensor,
                        location + " has " + channel.size() + " bytes, and the tensor " + length + " from byte "
                                + offset);
            }
            return new Stored(channel, offset, length);
        } catch (IOException e) {
            throw refusal(tensor, StoredFiles.reason(e));
        }
    }

    private FileChannel open(String tensor, String location) throws IOException {
        if (open.size() == MOST) {
            throw new Budget.Exceeded("its tensors lie in more than " + MOST + " files");
        }
        Path folder = model.toAbsolutePath().getParent();
        Path file;
        try {
            file = new WeightsName(location).below(folder);
        } catch (IllegalArgumentException e) {
            throw refusal(tensor, e.getMessage());
        }
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw refusal(tensor, location + " leads out of the model's folder");
        }
        return FileChannel.open(file);
    }

    private OctetException refusal(String tensor, String reason) {
        return new OctetException(OnnxCode.EXTERNAL_DATA, shown(tensor), model, shown(reason));
    }

    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
    }

    @Override
    public void close() {
        try {
            for (FileChannel channel : open.values()) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
