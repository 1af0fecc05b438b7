package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.DriverException;
import dev.octet.runtime.device.StepReplays;
import java.util.List;
import java.util.stream.IntStream;

/** Steps of a session as a graph of their own, without the copies of a run. Not thread-safe. */
final class GraphReplay implements StepReplays.Replay {
    private final DeviceState device;
    private final DeviceResources resources;
    private final Context.Stream stream;
    private final Context.Graph graph;
    private final String network;

    private GraphReplay(
            DeviceState device, DeviceResources resources, Context.Stream stream, Context.Graph graph, String network) {
        this.device = device;
        this.resources = resources;
        this.stream = stream;
        this.graph = graph;
        this.network = network;
    }

    /**
     * Records steps in a row.
     *
     * @param resources frees the graph at the latest
     * @param network whose steps they are, for messages
     * @param n number of images
     * @param times how often they follow each other
     */
    static GraphReplay record(
            DeviceState device,
            DeviceResources resources,
            Context.Stream stream,
            String network,
            List<PreparedStep> steps,
            int n,
            int times) {
        Context.Graph graph = device.call(
                "record steps of " + network,
                current -> resources.graph(current, stream, () -> enqueue(current, stream, steps, n, times)));
        return new GraphReplay(device, resources, stream, graph, network);
    }

    private static void enqueue(
            Context.Current current, Context.Stream stream, List<PreparedStep> steps, int n, int times) {
        PreparedStep.Begin begin = PreparedStep.Begin.AFTER_ALL;
        for (int i = 0; i < times; i++) {
            for (PreparedStep step : steps) {
                step.launch(current, stream, n, begin);
                begin = PreparedStep.Begin.AFTER_STEP;
            }
        }
    }

    @Override
    public double[] micros(int replays) {
        return device.call("time steps of " + network, current -> {
            try (StepClock clock = new StepClock(current, stream, replays)) {
                current.launch(graph, stream);
                clock.mark();
                for (int i = 0; i < replays; i++) {
                    current.launch(graph, stream);
                    clock.mark();
                }
                finish(current);
                return IntStream.range(0, replays).mapToDouble(clock::micros).toArray();
            }
        });
    }

    private void finish(Context.Current current) {
        try {
            current.synchronize(stream);
        } catch (DriverException e) {
            throw device.failure(e, CudaCode.RUN, network, device.name(), e.reason());
        }
    }

    @Override
    public void close() {
        device.release("free steps of " + network, current -> {
            resources.destroy(current, graph);
            return null;
        });
    }
}
