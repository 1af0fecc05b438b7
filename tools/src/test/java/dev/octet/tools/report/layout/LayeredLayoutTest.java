package dev.octet.tools.report.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayeredLayoutTest {
    private static final Metrics METRICS = new Metrics(100, 40, 10, 20);

    @Test
    void aChainIsStraight() {
        Drawing drawing = LayeredLayout.of(4, List.of(new Edge(0, 1), new Edge(1, 2), new Edge(2, 3)), METRICS);
        assertThat(drawing.nodes())
                .containsExactly(new Point(60, 30), new Point(60, 90), new Point(60, 150), new Point(60, 210));
        assertThat(drawing.width()).isEqualTo(120);
        assertThat(drawing.height()).isEqualTo(240);
        assertThat(drawing.routes().get(0)).containsExactly(new Point(60, 50), new Point(60, 70));
    }

    /** The order of the nodes would let both edges cross. */
    @Test
    void edgesAreUncrossed() {
        Drawing drawing = LayeredLayout.of(4, List.of(new Edge(0, 3), new Edge(1, 2)), METRICS);
        boolean left = drawing.nodes().get(0).x() < drawing.nodes().get(1).x();
        assertThat(drawing.nodes().get(3).x() < drawing.nodes().get(2).x()).isEqualTo(left);
    }

    @Test
    void anEdgeThatSkipsALayerGoesAroundItsNode() {
        Drawing drawing = LayeredLayout.of(3, List.of(new Edge(0, 1), new Edge(1, 2), new Edge(0, 2)), METRICS);
        List<Point> route = drawing.routes().get(2);
        int middle = drawing.nodes().get(1).x();
        assertThat(route).hasSize(4);
        assertThat(Math.abs(route.get(1).x() - middle))
                .isGreaterThanOrEqualTo(METRICS.nodeWidth() / 2 + METRICS.gapX());
        assertThat(route.get(1).x()).isEqualTo(route.get(2).x());
    }

    @Test
    void edgesAscend() {
        assertThatThrownBy(() -> new Edge(2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nodesOfRandomGraphsKeepApartAndEdgesGoDown(long seed) {
        Random random = new Random(seed);
        int nodes = 2 + random.nextInt(60);
        List<Edge> edges = new ArrayList<>();
        for (int to = 1; to < nodes; to++) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                Edge edge = new Edge(Math.max(0, to - 1 - random.nextInt(6)), to);
                if (!edges.contains(edge)) {
                    edges.add(edge);
                }
            }
        }
        Drawing drawing = LayeredLayout.of(nodes, edges, METRICS);
        assertThat(LayeredLayout.of(nodes, edges, METRICS)).as("seed %d", seed).isEqualTo(drawing);
        Map<Integer, List<Integer>> rows = new HashMap<>();
        drawing.nodes()
                .forEach(node ->
                        rows.computeIfAbsent(node.y(), y -> new ArrayList<>()).add(node.x()));
        rows.forEach((y, row) -> {
            row.sort(null);
            for (int i = 1; i < row.size(); i++) {
                assertThat(row.get(i) - row.get(i - 1))
                        .as("distance at %d, seed %d", y, seed)
                        .isGreaterThanOrEqualTo(109);
            }
        });
        for (int i = 0; i < edges.size(); i++) {
            List<Point> route = drawing.routes().get(i);
            assertThat(route.get(0).x())
                    .isEqualTo(drawing.nodes().get(edges.get(i).from()).x());
            assertThat(route.get(route.size() - 1).x())
                    .isEqualTo(drawing.nodes().get(edges.get(i).to()).x());
            assertThat(route).as("seed %d", seed).isSortedAccordingTo((a, b) -> Integer.compare(a.y(), b.y()));
            assertThat(route).allMatch(point -> point.x() >= 0 && point.x() <= drawing.width());
        }
    }
}
