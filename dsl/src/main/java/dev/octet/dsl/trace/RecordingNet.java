package dev.octet.dsl.trace;

import dev.octet.dsl.Block;
import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.Net;
import dev.octet.dsl.Tensor;
import java.util.List;

/** The network of one run of a definition: its ports, and the recorder behind them. */
final class RecordingNet implements Net {
    private final Recorder recorder;
    private final List<PortShape> inputs;
    private final List<PortShape> outputs;

    RecordingNet(Recorder recorder, List<PortShape> inputs, List<PortShape> outputs) {
        this.recorder = recorder;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    @Override
    public Tensor input(String name) {
        PortShape port = find(inputs, name, DslCode.UNKNOWN_INPUT);
        recorder.find(name).ifPresent(value -> {
            if (value.op() instanceof TracedOp.Input) {
                throw new DslException(DslCode.INPUT_TWICE, name, Recorder.place(value));
            }
        });
        return recorder.record(name, new TracedOp.Input(name), port.shape());
    }

    @Override
    public void output(String name, Tensor value) {
        PortShape port = find(outputs, name, DslCode.UNKNOWN_OUTPUT);
        RecordedTensor operand = recorder.own("output", value);
        recorder.find(name).ifPresent(earlier -> {
            if (earlier.op() instanceof TracedOp.Output) {
                throw new DslException(DslCode.OUTPUT_TWICE, name, Recorder.place(earlier));
            }
        });
        if (!operand.shape().equals(port.shape())) {
            throw new DslException(DslCode.OUTPUT_SHAPE, name, operand.shape(), port.shape());
        }
        recorder.record(name, new TracedOp.Output(name), port.shape(), operand);
    }

    @Override
    public Tensor scope(String name, Tensor x, Block block) {
        return recorder.scope(name, recorder.own("scope", x), block);
    }

    private static PortShape find(List<PortShape> ports, String name, DslCode unknown) {
        NameRules.check(name);
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DslException(
                        unknown, name, ports.stream().map(PortShape::name).toList()));
    }
}
