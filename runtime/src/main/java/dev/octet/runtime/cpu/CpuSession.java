package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.quant.Constants;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.TimedRun;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Memory of one run at a time on the CPU. */
final class CpuSession implements DeviceSession {
    private final CpuNetwork shared;
    private final SessionRequest request;
    private final long bytes;
    private Map<Integer, Tensor> tensors;
    /** The network with this session's constants; null until a session of its own constants has some. */
    private CpuNetwork network;

    private int batch;

    CpuSession(CpuNetwork network, Map<Integer, Tensor> tensors, SessionRequest request, long bytes) {
        this.shared = network;
        this.network = request.ownConstants() ? null : network;
        this.tensors = tensors;
        this.request = request;
        this.bytes = bytes;
    }

    @Override
    public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
        run(n, inputs, outputs, network -> {
            network.run(new Frame(n, tensors));
            return null;
        });
    }

    @Override
    public boolean hasClock() {
        return true;
    }

    @Override
    public Optional<TimedRun> runTimed(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
        return Optional.of(run(n, inputs, outputs, network -> network.runTimed(new Frame(n, tensors))));
    }

    private <T> T run(
            int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs, Function<CpuNetwork, T> operators) {
        if (n < 1 || n > request.batch()) {
            throw new IllegalArgumentException(n + " images in a session for " + request.batch());
        }
        if (network == null) {
            throw new IllegalStateException("the session has got no constants yet");
        }
        batch = n;
        for (int i = 0; i < inputs.size(); i++) {
            load(network.inputs().get(i), inputs.get(i), n);
        }
        T answer;
        try {
            answer = operators.apply(network);
        } catch (OutOfMemoryError e) {
            throw CpuNetwork.outOfMemory(e, bytes, request);
        }
        for (int i = 0; i < outputs.size(); i++) {
            FloatTensor result =
                    (FloatTensor) tensors.get(network.outputs().get(i).id());
            result.store(outputs.get(i), n);
        }
        return answer;
    }

    @Override
    public void constants(Map<Integer, Constants> constants) {
        if (!request.ownConstants()) {
            throw new IllegalStateException("the session has no constants of its own");
        }
        network = shared.with(constants);
    }

    /** Raw images of a float graph have a place of their own, beside the numbers that they stand for. */
    private void load(Node input, Buffer from, int n) {
        if (from instanceof FloatBuffer floats) {
            ((FloatTensor) tensors.get(input.id())).load(floats, n);
        } else {
            boolean integer = input.type().element().isInteger();
            ByteTensor raw = (ByteTensor) tensors.get(integer ? input.id() : Storage.raw(input.id()));
            raw.load((ByteBuffer) from, n);
        }
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
