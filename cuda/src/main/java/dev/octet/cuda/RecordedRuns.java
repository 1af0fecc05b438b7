package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs of a session as graphs, one for each number of images, since grids and copies depend on it. Made when a number
 * is first run; of the numbers that are run, the latest are kept. Not thread-safe.
 */
final class RecordedRuns {
    /**
     * Most graphs that a session keeps. Callers that collect images run a full batch, a few sizes below it, and what is
     * left at the end; a caller with more sizes than this pays for a recording now and then, and no number of sizes
     * makes a session hold much more than its arena.
     */
    static final int MOST = 16;

    private final DeviceResources resources;
    private final Context.Stream stream;
    private final Map<Integer, Context.Graph> graphs = new LinkedHashMap<>(2 * MOST, 0.75f, true);

    /** Runs in a stream; the graphs are freed with {@code resources}. */
    RecordedRuns(DeviceResources resources, Context.Stream stream) {
        this.resources = resources;
        this.stream = stream;
    }

    /**
     * The graph of a number of images.
     *
     * @param work queues such a run, should it have to be recorded
     */
    Context.Graph of(Context.Current current, int n, Runnable work) {
        Context.Graph known = graphs.get(n);
        if (known != null) {
            return known;
        }
        if (graphs.size() == MOST) {
            destroyOldest(current);
        }
        Context.Graph graph = resources.graph(current, stream, work);
        graphs.put(n, graph);
        return graph;
    }

    private void destroyOldest(Context.Current current) {
        Iterator<Context.Graph> oldest = graphs.values().iterator();
        Context.Graph graph = oldest.next();
        oldest.remove();
        resources.destroy(current, graph);
    }
}
