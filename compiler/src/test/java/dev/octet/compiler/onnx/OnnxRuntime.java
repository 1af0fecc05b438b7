package dev.octet.compiler.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.octet.testkit.onnx.OnnxGraph;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** One operator on constants, by ONNX Runtime. */
final class OnnxRuntime {
    private static final int OPSET = 17;

    private OnnxRuntime() {}

    /** The result of one operator. */
    static TensorData run(
            String domain,
            String operator,
            List<TensorData> constants,
            OnnxType type,
            List<Long> dims,
            OnnxGraph.Attribute... attributes) {
        OnnxGraph graph = new OnnxGraph();
        constants.forEach(graph::constant);
        List<String> names = constants.stream().map(TensorData::name).toList();
        graph.node(domain, operator, names, "result", attributes).output("result", type, dims);
        return new TensorData("result", type, dims, run(graph.model(OPSET)));
    }

    /**
     * Nothing is fused, and products of bytes are exact: without this entry their sums saturate at 16 bits on processors
     * that have AVX2 but no VNNI.
     */
    private static byte[] run(byte[] model) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(OptLevel.NO_OPT);
            options.setIntraOpNumThreads(1);
            options.addConfigEntry("session.x64quantprecision", "1");
            try (OrtSession session = environment.createSession(model, options);
                    OrtSession.Result result = session.run(Map.of())) {
                return bytes((OnnxTensor) result.get(0));
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(OnnxTensor tensor) {
        ByteBuffer buffer = tensor.getByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
