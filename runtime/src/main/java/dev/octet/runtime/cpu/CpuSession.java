package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** Memory of one run at a time on the CPU. */
final class CpuSession implements DeviceSession {
    private final CpuNetwork network;
    private final SessionRequest request;
    private final long bytes;
    private Map<Integer, Tensor> tensors;
    private int batch;

    CpuSession(CpuNetwork network, Map<Integer, Tensor> tensors, SessionRequest request, long bytes) {
        this.network = network;
        this.tensors = tensors;
        this.request = request;
        this.bytes = bytes;
    }

    @Override
    public void run(int n, List<ByteBuffer> inputs, List<FloatBuffer> outputs) {
        if (n < 1 || n > request.batch()) {
            throw new IllegalArgumentException(n + " images in a session for " + request.batch());
        }
        batch = n;
        for (int i = 0; i < inputs.size(); i++) {
            raw(network.inputs().get(i)).load(inputs.get(i), n);
        }
        try {
            network.run(new Frame(n, tensors));
        } catch (OutOfMemoryError e) {
            throw CpuNetwork.outOfMemory(e, bytes, request);
        }
        for (int i = 0; i < outputs.size(); i++) {
            FloatTensor result =
                    (FloatTensor) tensors.get(network.outputs().get(i).id());
            result.store(outputs.get(i), n);
        }
    }

    private ByteTensor raw(Node input) {
        boolean integer = input.type().element().isInteger();
        return (ByteTensor) tensors.get(integer ? input.id() : Storage.raw(input.id()));
    }

    @Override
    public byte[] value(int value) {
        if (!request.keepValues()) {
            throw new IllegalStateException("the session does not keep values");
        }
        Tensor tensor = tensors.get(value);
        if (tensor == null) {
            throw new IllegalArgumentException("no value %" + value);
        }
        return tensor.bytes(batch);
    }

    @Override
    public long deviceBytes() {
        return bytes;
    }

    @Override
    public void close() {
        tensors = Map.of();
    }
}
