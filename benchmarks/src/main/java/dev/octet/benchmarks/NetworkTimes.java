package dev.octet.benchmarks;

import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.tools.tune.Repetition;
import dev.octet.tools.tune.TimedNetwork;
import dev.octet.tools.tune.Times;
import java.util.List;
import java.util.function.Consumer;

/** Times of a network of ours on a device, at the batch that it is compiled for. */
final class NetworkTimes implements AutoCloseable {
    private final String name;
    private final String system;
    private final CompiledNetwork compiled;
    private final int batch;
    private final TimedNetwork network;
    private final Consumer<Row> rows;

    private NetworkTimes(
            String name, String system, CompiledNetwork compiled, TimedNetwork network, Consumer<Row> rows) {
        this.name = name;
        this.system = system;
        this.compiled = compiled;
        this.batch = compiled.plan().maxBatch();
        this.network = network;
        this.rows = rows;
    }

    /**
     * Loads a network and runs it once.
     *
     * @param rows takes what is measured
     */
    static NetworkTimes open(
            Device device,
            String name,
            Precision precision,
            CompiledNetwork compiled,
            NetworkImage image,
            Consumer<Row> rows) {
        return new NetworkTimes(name, precision.system(), compiled, TimedNetwork.open(device, image), rows);
    }

    /** Times whole runs on the host's clock, from the caller's bytes to floats in host memory. */
    void timeRuns() {
        Times times = Repetition.OF_HOST_RUNS.timeOnHost(network::run);
        rows.accept(new Row.Run(system, name, batch, Row.Start.HOST, times));
    }

    /** Times all steps in device memory. */
    void timeFromImages() {
        time(Row.Start.IMAGE, 0);
    }

    /** Times all steps in device memory but those that only quantise the input. */
    void timeFromOperands() {
        time(Row.Start.OPERAND, compiled.inputSteps());
    }

    private void time(Row.Start start, int from) {
        rows.accept(new Row.Run(system, name, batch, start, network.from(from, Repetition.OF_RUNS)));
    }

    /** Times each step by itself. */
    void timeSteps() {
        List<Step> steps = compiled.program().steps();
        for (int i = 0; i < steps.size(); i++) {
            String layer = StepCost.name(compiled.plan().int8(), steps.get(i));
            rows.accept(timeStep(i, layer, Repetition.OF_STEPS));
        }
    }

    /** Times the kernel of the first layer, as a run too. */
    void timeLayer() {
        int index = compiled.firstLayer();
        Row.Launch launch = timeStep(index, name, Repetition.OF_RUNS);
        rows.accept(new Row.Run(system, name, batch, Row.Start.OPERAND, launch.times()));
        rows.accept(launch);
    }

    private Row.Launch timeStep(int index, String layer, Repetition repetition) {
        Step step = compiled.program().steps().get(index);
        return new Row.Launch(
                name,
                batch,
                index + 1,
                layer,
                step.kernel().name(),
                compiled.program().target().text(),
                StepCost.of(compiled.plan().int8(), step, batch),
                network.step(index, repetition));
    }

    @Override
    public void close() {
        network.close();
    }
}
