package dev.octet.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.verify.Verifier;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.text.GraphText;
import java.util.Locale;

/** Text before and after a pass. Both must obey the verifier, so that a test cannot state nonsense. */
final class PassAssert {
    private final Pass pass;
    private final Graph before;

    private PassAssert(Pass pass, Graph before) {
        this.pass = pass;
        this.before = before;
    }

    static PassAssert on(Pass pass, Stage stage, String nodes) {
        Graph graph = parse(stage, nodes);
        Verifier.verify("the test", graph);
        return new PassAssert(pass, graph);
    }

    void becomes(Stage stage, String nodes) {
        Graph expected = parse(stage, nodes);
        Verifier.verify("the test's expectation", expected);
        assertThat(GraphText.print(pass.run(before))).isEqualTo(GraphText.print(expected));
    }

    /** The nodes stay as they are, whatever the stage. */
    void doesNotFire() {
        assertThat(pass.run(before).nodes()).isEqualTo(before.nodes());
    }

    Graph before() {
        return before;
    }

    private static Graph parse(Stage stage, String nodes) {
        return GraphText.parse("graph " + stage.name().toLowerCase(Locale.ROOT) + "\n" + nodes + "end\n");
    }
}
