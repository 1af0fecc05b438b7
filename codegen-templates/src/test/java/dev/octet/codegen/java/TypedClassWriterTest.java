package dev.octet.codegen.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.testkit.GoldenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedClassWriterTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private static final List<String> AWKWARD = List.of(
            "class",
            "run",
            "close",
            "n",
            "network",
            "session",
            "wait",
            "_",
            "2nd",
            "top-5.scores",
            "spec",
            "open",
            "options",
            "images",
            "x",
            "xInput",
            "xOutput",
            "Session",
            "String",
            "ByteBuffer",
            "record",
            "var",
            "runBatch",
            "newSession",
            "MAX_BATCH",
            "getClass",
            "équipe");

    @TempDir
    Path directory;

    private static Port image(String name) {
        ImageFormat gray = new ImageFormat(ChannelOrder.GRAY, 1 / 255f, List.of(0.286f), List.of(0.353f));
        return new Port(name, Shape.of(1, 28, 28), Optional.of(gray));
    }

    private static Port vector(String name, int size) {
        return new Port(name, Shape.of(size), Optional.empty());
    }

    private static TypedClass fashion(Port input, Port output) {
        return named("FashionNetwork", input, output);
    }

    private static TypedClass named(String className, Port input, Port output) {
        return new TypedClass("com.acme", "com.acme.Fashion", className, List.of(input), List.of(output), 128, HASH);
    }

    private static String write(TypedClass typed) {
        return new TypedClassWriter().write(typed);
    }

    @Test
    void writesTheExpectedSource() throws IOException {
        String source = write(fashion(image("image"), vector("logits", 10)));
        GoldenFile.check(TypedClassWriterTest.class, "FashionNetwork.java", source);
    }

    @Test
    void writesColourImagesAndMapsOfNestedDefinitions() throws IOException {
        ImageFormat rgb = new ImageFormat(ChannelOrder.RGB, 1, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        Port input = new Port("photo", Shape.of(3, 32, 48), Optional.of(rgb));
        Port output = new Port("heat.map", Shape.of(2, 8, 12), Optional.empty());
        TypedClass typed = new TypedClass("", "Models$Heat", "HeatNetwork", List.of(input), List.of(output), 1, "");
        GoldenFile.check(TypedClassWriterTest.class, "HeatNetwork.java", write(typed));
    }

    @Test
    void writesAMethodPerPortAndARecordOfSeveralOutputs() throws IOException {
        TypedClass typed = new TypedClass(
                "com.acme",
                "com.acme.Detector",
                "DetectorNetwork",
                List.of(image("image"), vector("meta", 8), floats("depth.map", 1, 14, 14)),
                List.of(vector("logits", 10), floats("boxes", 4, 7, 7)),
                16,
                HASH);
        GoldenFile.check(TypedClassWriterTest.class, "DetectorNetwork.java", write(typed));
    }

    @Test
    void oneInputOfFloatsNeedsNoRecord() throws IOException {
        TypedClass typed = new TypedClass(
                "com.acme",
                "com.acme.Scores",
                "ScoresNetwork",
                List.of(vector("features", 30)),
                List.of(vector("score", 1)),
                64,
                HASH);
        GoldenFile.check(TypedClassWriterTest.class, "ScoresNetwork.java", write(typed));
    }

    private static Port floats(String name, Integer... shape) {
        return new Port(name, Shape.of(shape), Optional.empty());
    }

    /** As many ports as a plan can have, among them all names that could be mistaken for something else. */
    @Test
    void manyPortsWithAwkwardNamesCompile() {
        List<String> names = new ArrayList<>(AWKWARD);
        names.addAll(
                List.of("List", "FloatBuffer", "Calibrator", "Outputs", "of", "results", "example", "java", "dev"));
        names.addAll(List.of("a.b", "aB", "a_b", "A_B", "ab", "AB", "ABHeight", "max.batch", "input", "output"));
        for (int i = names.size(); i < 64; i++) {
            names.add("port" + i);
        }
        List<Port> images = names.stream().map(TypedClassWriterTest::image).toList();
        List<Port> floats = names.stream().map(name -> vector(name, 3)).toList();
        SortedMap<String, String> sources = new TreeMap<>();
        sources.put("Images", write(many("Images", images, floats)));
        sources.put("Floats", write(many("Floats", floats, floats)));
        sources.put("One", write(many("One", floats, List.of(vector("y", 1)))));
        assertThat(SourceCheck.findings(directory, sources)).isEmpty();
    }

    private static TypedClass many(String className, List<Port> inputs, List<Port> outputs) {
        return new TypedClass("com.acme", "com.acme.Many", className, inputs, outputs, 128, HASH);
    }

    @Test
    void everyAwkwardNameCompiles() {
        SortedMap<String, String> sources = new TreeMap<>();
        for (String input : AWKWARD) {
            for (String output : AWKWARD) {
                String name = "Network" + sources.size();
                sources.put(name, write(named(name, image(input), vector(output, 10))));
            }
        }
        assertThat(SourceCheck.findings(directory, sources)).isEmpty();
    }

    @Test
    void runtimeNamesMayBelongToTheUser() {
        for (String name : List.of("Network", "NetworkSpec", "Options", "ByteBuffer")) {
            String source = write(named(name, image("image"), vector("logits", 10)));
            assertThat(SourceCheck.findings(directory, new TreeMap<>(Map.of(name, source))))
                    .isEmpty();
        }
    }

    @Test
    void namesKeepTheirMeaning() {
        assertThat(names("image", "logits")).containsExactly("image", "logits");
        assertThat(names("x", "x")).containsExactly("xInput", "xOutput");
        assertThat(names("class", "run")).containsExactly("classInput", "runOutput");
        assertThat(names("runOutput", "run")).containsExactly("runOutput", "runOutputOutput");
        assertThat(names("top-5.scores", "2nd")).containsExactly("top5Scores", "_2nd");
        assertThat(names("image", "Image")).containsExactly("image", "Image");
    }

    private static List<String> names(String input, String output) {
        PortNames names = PortNames.of(List.of(image(input)), List.of(vector(output, 1)), true);
        return List.of(names.inputs().get(0), names.outputs().get(0));
    }

    @Test
    void constantsOfSeveralPortsDiffer() {
        List<Port> inputs = List.of(vector("a.b", 1), vector("aB", 1), vector("a_b", 1));
        PortNames names = PortNames.of(inputs, List.of(vector("A_B", 1), vector("topFive", 5)), false);
        assertThat(names.inputs()).containsExactly("aBInput", "aBInputInput", "a_b");
        assertThat(names.outputs()).containsExactly("A_BOutput", "topFive");
        assertThat(PortNames.capitals("topFive")).isEqualTo("TOP_FIVE");
    }

    @Test
    void refusesWhatNoClassCanBe() {
        List<Port> in = List.of(image("image"));
        List<Port> out = List.of(vector("logits", 10));
        assertThatThrownBy(() -> new TypedClass("a", "a.A", "B", List.of(), out, 1, ""))
                .hasMessage("a network has inputs and outputs: a.A");
        assertThatThrownBy(() -> new TypedClass("a.class", "A", "B", in, out, 1, ""))
                .hasMessage("not a package name: a.class");
        assertThatThrownBy(() -> new TypedClass("a", "a.A", "Session", in, out, 1, ""))
                .hasMessageContaining("Session");
        assertThatThrownBy(() -> new TypedClass("a", "a.A", "Outputs", in, out, 1, ""))
                .hasMessageContaining("Outputs");
        assertThatThrownBy(() -> new TypedClass("a", "a.A", "B", in, out, 1, "12"))
                .hasMessage("not a SHA-256: 12");
    }
}
