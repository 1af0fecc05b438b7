package dev.octet.codegen.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.codegen.GoldenFile;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedClassWriterTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

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
        return new TypedClass("com.acme", "com.acme.Fashion", className, input, output, 128, HASH);
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
        TypedClass typed = new TypedClass("", "Models$Heat", "HeatNetwork", input, output, 1, "");
        GoldenFile.check(TypedClassWriterTest.class, "HeatNetwork.java", write(typed));
    }

    @Test
    void everyAwkwardNameCompiles() {
        List<String> awkward = List.of(
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
        SortedMap<String, String> sources = new TreeMap<>();
        for (String input : awkward) {
            for (String output : awkward) {
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
        assertThat(PortNames.of("image", "logits")).isEqualTo(new PortNames("image", "logits"));
        assertThat(PortNames.of("x", "x")).isEqualTo(new PortNames("xInput", "xOutput"));
        assertThat(PortNames.of("class", "run")).isEqualTo(new PortNames("classInput", "runOutput"));
        assertThat(PortNames.of("runOutput", "run")).isEqualTo(new PortNames("runOutput", "runOutputOutput"));
        assertThat(PortNames.of("top-5.scores", "2nd")).isEqualTo(new PortNames("top5Scores", "_2nd"));
    }

    @Test
    void refusesWhatNoClassCanBe() {
        Port logits = vector("logits", 10);
        assertThatThrownBy(() -> fashion(vector("image", 784), logits)).hasMessageContaining("image is not one");
        assertThatThrownBy(() -> new TypedClass("a.class", "A", "B", image("i"), logits, 1, ""))
                .hasMessage("not a package name: a.class");
        assertThatThrownBy(() -> new TypedClass("a", "a.A", "Session", image("i"), logits, 1, ""))
                .hasMessageContaining("Session");
        assertThatThrownBy(() -> new TypedClass("a", "a.A", "B", image("i"), logits, 1, "12"))
                .hasMessage("not a SHA-256: 12");
    }
}
