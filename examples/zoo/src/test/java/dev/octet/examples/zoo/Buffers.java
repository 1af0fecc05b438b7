package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.runtime.Session;
import dev.octet.runtime.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All values of a run, padding lanes included. */
final class Buffers {
    /** Elements from which on a value can be expected to show many different numbers. */
    private static final int LARGE = 4096;

    private static final int DISTINCT = 64;
    private static final double SATURATED = 0.05;

    private final Map<Node, byte[]> values = new LinkedHashMap<>();
    private final Set<String> inside = new HashSet<>();
    private final int images;

    private Buffers(int images) {
        this.images = images;
    }

    /** Runs some images in a session that keeps values. */
    static Buffers of(ZooBuild build, Session session, int images) {
        session.run(images);
        Buffers buffers = new Buffers(images);
        for (Node node : build.plan().int8().nodes()) {
            if (!isInMemory(build.plan(), node)) {
                buffers.inside.add(node.name());
            } else if (!node.isHosts()) {
                Value value = session.value(node.name());
                buffers.values.put(node, value.bytes());
            }
        }
        return buffers;
    }

    /** Whether no kernel of any program keeps a value inside. */
    static boolean isInMemory(Plan plan, Node node) {
        return node.isHosts()
                || plan.programs().stream()
                        .allMatch(
                                program -> program.buffers().stream().anyMatch(buffer -> buffer.value() == node.id()));
    }

    int count() {
        return values.size();
    }

    /** Fails at the first value of which a byte differs; those that kernels of these keep inside are no buffers. */
    void requireEqual(Buffers expected) {
        expected.values.forEach((node, bytes) -> {
            if (!inside.contains(node.name())) {
                assertThat(Arrays.mismatch(value(node.name()), bytes))
                        .as("first different byte of %s, %d images", node.name(), images)
                        .isEqualTo(-1);
            }
        });
    }

    private byte[] value(String name) {
        return values.entrySet().stream()
                .filter(value -> value.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Whether equality says something: large results of layers have many different numbers, of which few are the type's
     * largest. What follows by a table has fewer, for its function is flat somewhere.
     */
    void requireVaried() {
        values.forEach((node, bytes) -> {
            if (node.type().element().isInteger() && node.type().shape().elements() * images >= LARGE) {
                boolean layer = node.op() instanceof Op.Conv2d || node.op() instanceof Op.Dense;
                assertThat(Distinct.of(bytes))
                        .as("distinct values of %s", node.name())
                        .isGreaterThanOrEqualTo(layer ? DISTINCT : DISTINCT / 2);
                assertThat(layer ? saturated(node, bytes) : 0)
                        .as("share of largest values of %s", node.name())
                        .isLessThan(SATURATED);
            }
        });
    }

    private static double saturated(Node node, byte[] bytes) {
        int max = node.type().element().max();
        int count = 0;
        for (byte value : bytes) {
            int number = node.type().element().min() < 0 ? Math.abs(value) : Byte.toUnsignedInt(value);
            count += number == max ? 1 : 0;
        }
        return (double) count / bytes.length;
    }
}
