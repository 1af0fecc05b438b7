package dev.octet.runtime;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.NodeCost;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.device.TimedRun;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs a session again and again, by turns whole and step by step, so that both see the same machine. */
final class Profiler {
    private final NetworkPlan plan;
    private final Probe.DeviceInfo device;
    private final DeviceSession session;

    Profiler(NetworkPlan plan, Probe.DeviceInfo device, DeviceSession session) {
        this.plan = plan;
        this.device = device;
        this.session = session;
    }

    /** The medians of some runs, after one of each kind that is not counted. */
    SessionProfile profile(int n, int runs, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
        TimedRun first = timed(n, inputs, outputs);
        session.run(n, inputs, outputs);
        double[] whole = new double[runs];
        double[][] steps = new double[first.steps().size()][runs];
        for (int run = 0; run < runs; run++) {
            TimedRun times = timed(n, inputs, outputs);
            for (int step = 0; step < steps.length; step++) {
                steps[step][run] = times.steps().get(step).micros();
            }
            long start = System.nanoTime();
            session.run(n, inputs, outputs);
            whole[run] = (System.nanoTime() - start) / 1e3;
        }
        List<SessionProfile.Step> medians = new ArrayList<>();
        for (int step = 0; step < steps.length; step++) {
            medians.add(step(step + 1, first.steps().get(step), n, median(steps[step])));
        }
        Optional<Target> target = first.target();
        return new SessionProfile(
                plan.network(), device.name(), device.description(), target, n, runs, median(whole), medians);
    }

    private TimedRun timed(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
        return session.runTimed(n, inputs, outputs)
                .orElseThrow(() -> new OctetException(RuntimeCode.NO_CLOCK, device.name(), plan.network()));
    }

    private SessionProfile.Step step(int number, TimedRun.Step step, int n, double micros) {
        Graph graph = plan.graph();
        long bytes = -insideBytes(graph, step.nodes(), n);
        long macs = 0;
        Optional<String> layer = Optional.empty();
        for (int id : step.nodes()) {
            Node node = graph.node(id);
            NodeCost cost = NodeCost.of(graph, node);
            bytes += cost.bytes(n);
            macs += n * cost.macs();
            layer = layer.or(node::layer);
        }
        Node last = graph.node(step.nodes().get(step.nodes().size() - 1));
        String operator = step.nodes().stream()
                .map(id -> graph.node(id).op().getClass().getSimpleName())
                .collect(Collectors.joining("+"));
        return new SessionProfile.Step(number, last.name(), operator, layer, step.kernel(), micros, bytes, macs);
    }

    /** What the operators of a step would write and read of values that only they use, if each ran alone. */
    private static long insideBytes(Graph graph, List<Integer> nodes, int n) {
        long bytes = 0;
        for (int id : nodes) {
            List<Integer> users = graph.users(id).stream().map(Node::id).toList();
            if (!users.isEmpty() && nodes.containsAll(users)) {
                bytes += (1L + users.size())
                        * n
                        * NodeCost.of(graph, graph.node(id)).writtenBytes();
            }
        }
        return bytes;
    }

    /** The middle one, or halfway between the two in the middle. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
