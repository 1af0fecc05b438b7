package dev.octet.examples.zoo.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Port;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** A model of one image input and one output, open in ONNX Runtime on the CPU. */
public final class OnnxRuntime implements AutoCloseable {
    private final OrtSession session;
    private final Port image;

    /**
     * Opens a model.
     *
     * @param model the file's bytes
     * @param image the port whose images the model's only input, [N,C,H,W], takes
     */
    public OnnxRuntime(byte[] model, Port image) throws OrtException {
        this.session = OrtEnvironment.getEnvironment().createSession(model, new OrtSession.SessionOptions());
        this.image = image;
    }

    /**
     * The model's results.
     *
     * @param images rows of pixels, channels last
     */
    public float[][] run(List<byte[]> images) throws OrtException {
        int elements = image.shape().elements();
        FloatBuffer values = FloatBuffer.allocate(images.size() * elements);
        images.forEach(bytes -> put(bytes, values));
        long[] shape = {
            images.size(),
            image.shape().channels(),
            image.shape().height(),
            image.shape().width()
        };
        String input = session.getInputNames().iterator().next();
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values.flip(), shape);
                OrtSession.Result results = session.run(Map.of(input, tensor))) {
            return (float[][]) results.get(0).getValue();
        }
    }

    private void put(byte[] bytes, FloatBuffer values) {
        ImageFormat format = image.image().orElseThrow();
        int channels = format.channels();
        for (int c = 0; c < channels; c++) {
            for (int i = c; i < bytes.length; i += channels) {
                values.put(format.value(c, Byte.toUnsignedInt(bytes[i])));
            }
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
