package dev.octet.tools.export;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.testkit.DiagnosticExamples;
import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ExportExamplesTest {
    private static final QdqOptions OPTIONS = new QdqOptions(Flavour.ORT, false);

    @TempDir
    private Path folder;

    private Plan plan;
    private WeightsFile weights;

    @BeforeEach
    void build() throws IOException {
        SampleModule module = SampleModule.in(folder);
        plan = module.network().plan();
        weights = WeightsFile.of(plan, Safetensors.open(module.weights()));
    }

    private CalibrationTable table(float range) {
        TreeMap<String, Float> amax = new TreeMap<>();
        plan.fp32().nodes().forEach(node -> amax.put(node.name(), range));
        return new CalibrationTable(
                plan.network(), GraphText.topologyHash(plan.fp32()), Sha256.hex("weights"), "naive", 1, amax);
    }

    /** The sample's plan with an operator of somebody's own in place of its mean. */
    private Plan withOwnOperator() {
        List<Node> nodes = plan.int8().nodes().stream()
                .map(node -> node.op() instanceof Op.GlobalAvgPool ? own(node) : node)
                .toList();
        return new Plan(
                plan.network(),
                plan.maxBatch(),
                plan.inputs(),
                plan.outputs(),
                plan.fp32(),
                new Graph(plan.int8().stage(), nodes),
                List.of());
    }

    private static Node own(Node node) {
        Op.Extension extension = new Op.Extension("com.acme.median", new TreeMap<>(), 1);
        return new Node(node.id(), node.name(), extension, node.inputs(), node.type(), node.line());
    }

    private static byte[] large() {
        OnnxModel model = new OnnxModel("large");
        byte[] data = new byte[1 << 24];
        for (int i = 0; i < 128; i++) {
            model.constant("part" + i, OnnxType.UINT8, List.of(data.length), data);
        }
        return model.bytes("too many numbers");
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-EXPORT-001", () -> Flavour.named("openvino"))
                .thrown("OCTET-EXPORT-002", () -> QdqModel.of(withOwnOperator(), table(1), weights, OPTIONS))
                .thrown("OCTET-EXPORT-003", ExportExamplesTest::large)
                .thrown("OCTET-EXPORT-004", () -> QdqModel.of(plan, table(1e-40f), weights, OPTIONS))
                .tests(Stream.of(ExportCode.values()).map(ExportCode::id));
    }
}
