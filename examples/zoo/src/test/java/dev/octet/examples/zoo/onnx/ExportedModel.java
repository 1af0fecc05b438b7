package dev.octet.examples.zoo.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.tools.Images;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A quantised model of one image input and one output, open in ONNX Runtime on the CPU with all optimisations. */
public final class ExportedModel implements AutoCloseable {
    private static final int BATCH = 20;

    private final OrtSession session;
    private final Port image;

    /**
     * Opens a model.
     *
     * @param image its input's port
     * @param optimized where the runtime writes the model that it made of it
     */
    public ExportedModel(byte[] model, Port image, Path optimized) throws OrtException {
        this.image = image;
        try (SessionOptions options = new SessionOptions()) {
            // Extended: what is beyond only changes layouts, and cannot be written.
            options.setOptimizationLevel(OptLevel.EXTENDED_OPT);
            options.setOptimizedModelFilePath(optimized.toString());
            options.setIntraOpNumThreads(2);
            // Without it sums of two products saturate at 16 bits on processors that have AVX2 but no VNNI.
            options.addConfigEntry("session.x64quantprecision", "1");
            this.session = OrtEnvironment.getEnvironment().createSession(model, options);
        }
    }

    /** Scores of images, which are prepared here. */
    public float[][] floats(Images images) throws OrtException {
        return run(images, false);
    }

    /** Scores of images, which the model prepares. */
    public float[][] pixels(Images images) throws OrtException {
        return run(images, true);
    }

    private float[][] run(Images images, boolean pixels) throws OrtException {
        float[][] scores = new float[images.size()][];
        for (int from = 0; from < scores.length; from += BATCH) {
            Images part = images.part(from, Math.min(scores.length, from + BATCH));
            try (OnnxTensor tensor = pixels ? bytes(part) : numbers(part);
                    OrtSession.Result results = session.run(Map.of(image.name(), tensor))) {
                float[][] found = (float[][]) results.get(0).getValue();
                System.arraycopy(found, 0, scores, from, found.length);
            }
        }
        return scores;
    }

    private OnnxTensor bytes(Images images) throws OrtException {
        Shape shape = image.shape();
        ByteBuffer values = ByteBuffer.allocateDirect(images.size() * shape.elements());
        for (int i = 0; i < images.size(); i++) {
            values.put(images.get(i));
        }
        long[] dims = {images.size(), shape.height(), shape.width(), shape.channels()};
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values.flip(), dims, OnnxJavaType.UINT8);
    }

    private OnnxTensor numbers(Images images) throws OrtException {
        Shape shape = image.shape();
        FloatBuffer values = FloatBuffer.allocate(images.size() * shape.elements());
        ImageFormat format = image.image().orElseThrow();
        for (int n = 0; n < images.size(); n++) {
            byte[] bytes = images.get(n);
            for (int c = 0; c < format.channels(); c++) {
                for (int i = c; i < bytes.length; i += format.channels()) {
                    values.put(format.value(c, Byte.toUnsignedInt(bytes[i])));
                }
            }
        }
        long[] dims = {images.size(), shape.channels(), shape.height(), shape.width()};
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values.flip(), dims);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
