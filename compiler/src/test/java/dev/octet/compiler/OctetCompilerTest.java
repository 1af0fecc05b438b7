package dev.octet.compiler;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.PlanText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OctetCompilerTest {
    private static final KernelWriter NAMES = kernel -> "// " + kernel.name();

    private static Compilation compile(CompileRequest request) {
        return OctetCompiler.compile(request, NAMES, DumpSink.NONE);
    }

    private static Plan fashion() {
        return compile(Networks.fashion()).plan();
    }

    @Test
    void fashionTakesOneKernelALayer() {
        assertThat(fashion().programs().get(0).steps())
                .extracting(step -> step.kernel().name().replaceFirst("_[0-9].*", ""))
                .containsExactly(
                        "quantize",
                        "conv2d_s8_u8",
                        "conv2d_u8_u8",
                        "conv2d_u8_u8",
                        "conv2d_u8_u8",
                        "conv2d_u8_s8",
                        "conv2d_u8_u8",
                        "conv2d_u8_u8",
                        "conv2d_u8_s8",
                        "conv2d_u8_u8",
                        "avgpool_u8_u8",
                        "dense_u8_f32");
    }

    @Test
    void fashionAddsItsResidualsInConvolutions() {
        Graph graph = fashion().int8();
        assertThat(graph.nodes(Op.Add.class)).isEmpty();
        assertThat(graph.nodes(Op.Activate.class)).isEmpty();
        assertThat(graph.nodes(Op.Conv2d.class))
                .hasSize(9)
                .filteredOn(node -> node.inputs().size() == 2)
                .hasSize(3);
    }

    @Test
    void fashionIsIntegerFromPixelsToLogits() {
        List<Node> floats = fashion().int8().nodes().stream()
                .filter(node -> node.type().element() == ElementType.F32)
                .toList();
        assertThat(floats).extracting(Node::name).containsExactly("fc", "logits");
    }

    @Test
    void fashionKeepsTheNamesOfLayersAndOfTracedValues() {
        Plan plan = fashion();
        List<String> traced = Networks.fashion().trace().nodes().stream()
                .map(node -> node.name())
                .toList();
        List<String> layers = new ArrayList<>();
        for (Node node : plan.int8().nodes()) {
            node.type().scale().ifPresent(scale -> assertThat(traced).contains(scale));
            if (node.op() instanceof Op.Conv2d conv) {
                layers.add(conv.layer());
            }
        }
        assertThat(layers)
                .containsExactly(
                        "conv1",
                        "b1.conv1",
                        "b1.conv2",
                        "b2.conv1",
                        "b2.conv2",
                        "b2.down.0",
                        "b3.conv1",
                        "b3.conv2",
                        "b3.down.0");
    }

    @Test
    void argumentsFollowTheKernelInterface() {
        Plan plan = compile(Networks.request(
                        net -> {
                            Tensor x = net.input("image").relu().maxPool(kernel(2));
                            net.output("y", x.add(x));
                        },
                        4,
                        Shape.of(1, 4, 4),
                        Networks.output("y", 1, 2, 2)))
                .plan();
        List<String> shapes = plan.programs().get(0).steps().stream()
                .map(step -> step.arguments().stream()
                        .map(a -> a.getClass().getSimpleName())
                        .toList()
                        .toString())
                .toList();
        assertThat(shapes)
                .containsExactly(
                        "[Value, Value, Constants]",
                        "[Value, Value, Constants]",
                        "[Value, Value]",
                        "[Value, Value, Value, Constants]",
                        "[Value, Value, Constants]");
        Step sum = plan.programs().get(0).steps().get(3);
        assertThat(sum.arguments().get(0)).isEqualTo(sum.arguments().get(1));
        Step residual = fashion().programs().get(0).steps().get(3);
        assertThat(residual.arguments())
                .extracting(a -> (Object) a.getClass())
                .containsExactly(
                        Argument.Value.class,
                        Argument.Value.class,
                        Argument.Value.class,
                        Argument.Weights.class,
                        Argument.Constants.class);
    }

    @Test
    void equalLayersShareOneKernelNamedByItsContent() throws Exception {
        Compilation compilation = compile(Networks.request(
                net -> net.output(
                        "y",
                        net.input("image")
                                .conv2d("a", 16, kernel(3).pad(1))
                                .relu()
                                .conv2d("b", 16, kernel(3).pad(1))
                                .relu()
                                .conv2d("c", 16, kernel(3).pad(1))
                                .relu()),
                4,
                Shape.of(1, 8, 8),
                Networks.output("y", 16, 8, 8)));
        LaunchProgram program = compilation.plan().programs().get(0);
        assertThat(program.steps()).hasSize(5);
        assertThat(program.steps().get(2).kernel())
                .isEqualTo(program.steps().get(3).kernel());
        assertThat(compilation.kernels()).hasSize(4).allSatisfy(kernel -> {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(kernel.text().getBytes(StandardCharsets.UTF_8));
            assertThat(HexFormat.of().formatHex(digest)).startsWith(kernel.hash());
            assertThat(kernel.hash()).hasSize(32);
        });
    }

    @Test
    void dumpsTheGraphAfterEveryPassWithLines() {
        List<String> passes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        OctetCompiler.compile(Networks.fashion(), NAMES, (pass, text) -> {
            passes.add(pass);
            texts.add(text);
        });
        assertThat(passes)
                .containsExactly(
                        "ImportTrace",
                        "FoldBatchNorm",
                        "RemoveFlatten",
                        "FuseResidual",
                        "FuseActivation",
                        "AssignTypes",
                        "ChooseLayout");
        assertThat(texts.get(1)).contains("@Networks.java:").contains("scaled(tensor(conv1.weight");
        assertThat(texts.get(6)).startsWith("graph laid_out\n").contains("pitch 16 scale bn1.relu");
    }

    @Test
    void doesNotDependOnTheLocale() {
        String expected = GraphText.print(fashion().int8());
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(GraphText.print(fashion().int8())).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static final NetworkDefinition RELU =
            net -> net.output("y", net.input("image").relu());
    private static final Shape IMAGE = Shape.of(1, 4, 4);
    private static final Port Y = Networks.output("y", 1, 4, 4);

    private static CompileException refusal(CompileRequest request) {
        CompileException e = catchThrowableOfType(CompileException.class, () -> compile(request));
        assertThat(e).as("refused").isNotNull();
        assertThat(e).hasMessageStartingWith("[" + e.code().id() + "] ");
        return e;
    }

    private static CompileRequest ported(int maxBatch, List<Port> inputs, List<Port> outputs) {
        CompileRequest request = Networks.request(RELU, 4, IMAGE, Y);
        return new CompileRequest("test.Net", inputs, outputs, List.of(Target.SM_61), maxBatch, request.trace());
    }

    @Test
    void aPortOfAnotherShapeIsAnErrorAtItsValue() {
        List<Port> inputs = Networks.request(RELU, 4, IMAGE, Y).inputs();
        assertThat(refusal(ported(4, inputs, List.of(Y, Networks.output("z", 1)))))
                .hasMessageContaining("outputs are [y, z], but define() writes [y]");
        CompileException shape = refusal(ported(4, inputs, List.of(Networks.output("y", 16))));
        assertThat(shape.code()).isEqualTo(CompilerCode.PORT_SHAPE);
        assertThat(shape.line().orElseThrow().file()).isEqualTo("OctetCompilerTest.java");
    }

    @Test
    void refusesBatchesOutOfRange() {
        List<Port> inputs = Networks.request(RELU, 4, IMAGE, Y).inputs();
        assertThat(refusal(ported(0, inputs, List.of(Y)))).hasMessageContaining("maxBatch is 0");
        assertThat(refusal(ported(65537, inputs, List.of(Y))).code()).isEqualTo(CompilerCode.MAX_BATCH);
        assertThat(compile(ported(65536, inputs, List.of(Y))).plan().maxBatch()).isEqualTo(65536);
    }

    private static CompileRequest floatInput(int maxBatch, Shape shape) {
        Port meta = new Port("meta", shape, Optional.empty());
        Port y = new Port("y", shape, Optional.empty());
        List<PortShape> in = List.of(new PortShape("meta", shape.dims()));
        List<PortShape> out = List.of(new PortShape("y", shape.dims()));
        return new CompileRequest(
                "test.Net",
                List.of(meta),
                List.of(y),
                List.of(Target.values()),
                maxBatch,
                Tracer.trace(net -> net.output("y", net.input("meta").relu()), in, out));
    }

    @Test
    void aFloatInputIsReadByAKernelOfItsOwn() {
        Plan plan = compile(floatInput(4, Shape.of(3, 5, 7))).plan();
        for (LaunchProgram program : plan.programs()) {
            assertThat(program.steps().get(0).kernel().name())
                    .isEqualTo("quantize_f32_5x7x3of16_b64_"
                            + program.target().text().replace("_", ""));
            assertThat(program.buffers())
                    .filteredOn(buffer -> buffer.value() == 0)
                    .singleElement()
                    .satisfies(buffer -> assertThat(buffer.bytesPerImage()).isEqualTo(3 * 5 * 7 * 4));
        }
        byte[] text = PlanText.write(plan);
        assertThat(PlanText.write(PlanText.read(text, "plan"))).isEqualTo(text);
    }

    /** In INT8 the value would fit. */
    @Test
    void refusesFloatInputsThatAreTooLarge() {
        CompileException value = refusal(floatInput(1024, Shape.of(1 << 19)));
        assertThat(value.code()).isEqualTo(CompilerCode.VALUE_TOO_LARGE);
        assertThat(value).hasMessageContaining("2147483648 bytes as floats");
    }

    @Test
    void refusesValuesAndLayersThatAreTooLarge() {
        // A single channel takes 16 lanes: 2^22 pixels of 64 images are 2^32 bytes.
        CompileException value =
                refusal(Networks.request(RELU, 64, Shape.of(1, 2048, 2048), Networks.output("y", 1, 2048, 2048)));
        assertThat(value.code()).isEqualTo(CompilerCode.VALUE_TOO_LARGE);
        assertThat(value).hasMessageContaining("takes, for 64 images, 4294967296 bytes");
        CompileException layer = refusal(Networks.request(
                net -> net.output(
                        "y",
                        net.input("image").flatten().dense("fc", 1 << 18).relu().dense("last", 1)),
                1,
                Shape.of(1, 32, 32),
                Networks.output("y", 1)));
        assertThat(layer.code()).isEqualTo(CompilerCode.LAYER_TOO_LARGE);
        assertThat(layer).hasMessageContaining("Layer fc has 4294967296 weights");
        assertThat(layer.line()).isPresent();
    }

    /** The widest layers that there may be make no more tiles than a grid has blocks along y. */
    @Test
    void theWidestLayersFitAGrid() {
        for (int channels : new int[] {(1 << 20) - 16, (1 << 20) - 1, 1 << 20}) {
            CompileRequest request = Networks.request(
                    net -> net.output(
                            "y",
                            net.input("image")
                                    .conv2d("wide", channels, kernel(1))
                                    .relu()),
                    1,
                    Shape.of(1, 1, 1),
                    Networks.output("y", channels, 1, 1));
            for (Target target : Target.values()) {
                CompileRequest one = new CompileRequest(
                        request.network(), request.inputs(), request.outputs(), List.of(target), 1, request.trace());
                byte[] text = PlanText.write(compile(one).plan());
                assertThat(PlanText.write(PlanText.read(text, "plan"))).isEqualTo(text);
            }
        }
    }

    @Test
    void refusesNamesThatFoldersCannotHave() {
        CompileRequest right = Networks.request(RELU, 4, IMAGE, Y);
        for (String name :
                List.of("", "..", "a/b", "a..b", "a\nb", "Gr\u00fc\u00dfe\u0301", "\ud835\udc00", "A".repeat(256))) {
            CompileRequest named =
                    new CompileRequest(name, right.inputs(), right.outputs(), right.targets(), 4, right.trace());
            assertThat(refusal(named).code()).as(name).isEqualTo(CompilerCode.CLASS_NAME);
        }
    }

    @Test
    void namesAreWhatKernelsAreCalled() {
        Compilation compilation = OctetCompiler.compile(Networks.fashion(), ScheduledKernel::name, DumpSink.NONE);
        assertThat(compilation.kernels()).allSatisfy(k -> assertThat(k.text()).isEqualTo(k.name()));
    }
}
