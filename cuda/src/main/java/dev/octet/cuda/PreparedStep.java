package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.Plan;
import dev.octet.plan.graph.Node;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.Step;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A launch of a session, ready but for the number of images.
 *
 * @param device where it runs
 * @param step the plan's step
 * @param layer layers or values that it computes, for messages
 * @param function its kernel
 * @param outputs where it writes
 * @param arguments the kernel's argument
 * @param workspace address of the session's scratch memory
 */
record PreparedStep(
        DeviceState device,
        Step step,
        String layer,
        Context.Function function,
        List<ValueMemory.Place> outputs,
        ArgumentStruct arguments,
        long workspace) {

    /** The layers that a step computes; the values' names where it computes no layer. */
    static String layer(Plan plan, Step step) {
        return step.region().ops().stream()
                .map(id -> plan.int8().node(id))
                .map(PreparedStep::name)
                .collect(Collectors.joining("+"));
    }

    private static String name(Node node) {
        return node.layer().orElse(node.name());
    }

    /** Queues the launch; with {@code wait}, waits for its end, so that its errors are its own. */
    void launch(Context.Current current, Context.Stream stream, int n, boolean wait) {
        Geometry geometry = step.geometry();
        try {
            long scratch = step.workspace().bytesPerImage() * n;
            if (scratch > 0) {
                current.discard(workspace, scratch, stream);
            }
            if (step.workspace().cleared() && scratch > 0) {
                current.fill(workspace, (byte) 0, scratch, stream);
            }
            outputs.forEach(place -> place.discard(current, stream));
            current.label("layer " + layer);
            Context.Extents extents = new Context.Extents(
                    geometry.gridX(n), geometry.gridY(), geometry.threads(), geometry.sharedBytes());
            current.launch(function, extents, arguments.forBatch(n), stream);
            if (wait) {
                current.synchronize(stream);
            }
        } catch (DriverException e) {
            throw device.failure(e, CudaCode.LAUNCH, step.kernel().name(), layer, device.name(), e.reason());
        }
    }
}
