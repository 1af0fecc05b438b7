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

    /**
     * Tiles of a launch up to which it pays to begin early: 32 for each multiprocessor of an H100. Of larger ones the beginning
     * matters little, and blocks that wait keep place from those that work: on an H200 ResNet-50 takes 272 us for 8 images, and 295
     * with no early launch; 1,979 for 128 so, 2,006 with none, and 2,037 with early launches of all sizes.
     */
    private static final long MOST_EARLY_TILES = 32 * 132;

    /** When a launch begins. */
    enum Begin {
        /** When all that is queued has ended; the host then waits for its end, so that its errors are its own. */
        ALONE,
        /** When all that is queued has ended. */
        AFTER_ALL,
        /** As the kernel allows: what is queued last is a launch of a step, whose end the kernel may await itself. */
        AFTER_STEP
    }

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

    /** Queues the launch for {@code n} images. */
    void launch(Context.Current current, Context.Stream stream, int n, Begin begin) {
        try {
            long scratch = step.workspace().bytesPerImage() * n;
            if (scratch > 0) {
                current.discard(workspace, scratch, stream);
            }
            boolean fills = step.workspace().cleared() && scratch > 0;
            if (fills) {
                current.fill(workspace, (byte) 0, scratch, stream);
            }
            outputs.forEach(place -> place.discard(current, stream));
            current.label("layer " + layer);
            boolean dependent = begin == Begin.AFTER_STEP && !fills;
            current.launch(function, extents(n, dependent), arguments.forBatch(n), stream);
            if (begin == Begin.ALONE) {
                current.synchronize(stream);
            }
        } catch (DriverException e) {
            throw device.failure(e, CudaCode.LAUNCH, step.kernel().name(), layer, device.name(), e.reason());
        }
    }

    private Context.Extents extents(int n, boolean dependent) {
        Geometry geometry = step.geometry();
        return new Context.Extents(
                geometry.gridX(n),
                geometry.gridY(),
                geometry.threads(),
                geometry.sharedBytes(),
                dependent && geometry.dependentLaunch() && tiles(geometry, n) <= MOST_EARLY_TILES);
    }

    /** Work of blocks, of which one may do several. */
    private static long tiles(Geometry geometry, int n) {
        return (geometry.unitsPerImage() * n - 1) / geometry.unitsPerBlock() * geometry.gridY() + geometry.gridY();
    }
}
