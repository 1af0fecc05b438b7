package dev.octet.tools.images;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Plan;
import dev.octet.testkit.DiagnosticExamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every diagnostic of places of images. */
class ImagesExamplesTest {
    private static final Plan GRAY = PlanOfOne.image(ChannelOrder.GRAY, 6, 7);

    @TempDir
    private Path root;

    private static Dataset open(Path place, Path classes) {
        return Dataset.labelled(place, Optional.ofNullable(classes), GRAY, Selection.all());
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        return Files.write(Files.createTempFile(root, "images", ".zip"), Places.zip(entries));
    }

    private Path labels(String text) throws IOException {
        return Files.writeString(Files.createTempFile(root, "labels", ".txt"), text);
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-IMAGE-020", () -> open(Files.createTempDirectory(root, "empty"), null))
                .thrown("OCTET-IMAGE-021", () -> {
                    Path place = Places.folder(Files.createTempDirectory(root, "mixed"), "a.png");
                    Files.write(place.resolve("b.webp"), new byte[9]);
                    open(place, null);
                })
                .thrown("OCTET-IMAGE-022", () -> open(zip(Map.of("../a.png", Places.png(7, 6, 1))), null))
                .thrown(
                        "OCTET-IMAGE-023",
                        () -> open(
                                Files.write(root.resolve("a.npy"), Places.npy("<f8", "1, 6, 7", new byte[336])), null))
                .thrown(
                        "OCTET-IMAGE-024",
                        () -> open(Places.folder(root.resolve("p"), "a.png"), labels("a.png cat\nb.png dog\n")))
                .thrown("OCTET-IMAGE-025", () -> open(Places.folder(root.resolve("q"), "cat/a.png", "dog/a.png"), null))
                .thrown("OCTET-IMAGE-026", () -> open(Places.folder(root.resolve("r"), "a.png"), labels("a.png 5\n")))
                .thrown("OCTET-IMAGE-027", () -> {
                    Path place = Places.folder(root.resolve("s"), "a.png");
                    Files.createSymbolicLink(place.resolve("more"), Places.folder(root.resolve("t"), "b.png"));
                    open(place, null);
                })
                .tests(Stream.of(ImagesCode.values()).map(ImagesCode::id));
    }

    @Test
    void linksThatLeadOutOfAFolderAreRefused() throws IOException {
        Path other = Places.folder(root.resolve("other"), "b.png");
        for (Path target : new Path[] {other, other.resolve("b.png"), other.resolve("none.png")}) {
            Path place = Places.folder(Files.createTempDirectory(root, "place"), "a.png");
            Files.createSymbolicLink(place.resolve("b.png"), target);
            Path link = Files.createSymbolicLink(root.resolve("to-" + place.getFileName()), place);
            for (Path given : new Path[] {place, link}) {
                assertThatThrownBy(() -> open(given, null))
                        .as("%s to %s", given, target)
                        .hasMessageContaining("OCTET-IMAGE-027")
                        .hasMessageContaining(given.resolve("b.png") + " is a link to ");
            }
        }
    }

    @Test
    void archivesThatAreNotHonestAreRefused() throws IOException {
        byte[] png = Places.png(7, 6, 1);
        for (String name : new String[] {"../a.png", "/a.png", "a/../../b.png", "a\\b.png", "C:/a.png", "..", ""}) {
            Path zip = zip(Map.of(name, png));
            assertThatThrownBy(() -> open(zip, null)).as(name).hasMessageContaining("OCTET-IMAGE-022");
        }
        Path nested = zip(Map.of("a.png", png, "inner.zip", Places.zip(Map.of("b.png", png))));
        assertThatThrownBy(() -> open(nested, null)).hasMessageContaining("OCTET-IMAGE-021");
        byte[] two = Places.zip(Map.of("aa.png", png, "ab.png", png));
        String text = new String(two, StandardCharsets.ISO_8859_1).replace("ab.png", "aa.png");
        Path twice = Files.write(root.resolve("twice.zip"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> open(twice, null)).hasMessageContaining("OCTET-IMAGE-022");
    }

    /** 200 MB of zeros in 200 KB: as an image they are none, and behind a PNG's beginning there are more than a file may have. */
    @Test
    void bombsAreNotUnpacked() throws IOException {
        byte[] bomb = new byte[200 << 20];
        Path zeros = zip(Map.of("a.png", bomb));
        assertThatThrownBy(() -> open(zeros, null).images().get(0)).hasMessageContaining("OCTET-IMAGE-002");
        System.arraycopy(Places.png(7, 6, 1), 0, bomb, 0, 8);
        Path image = zip(Map.of("a.png", bomb));
        assertThatThrownBy(() -> open(image, null).images().get(0)).hasMessageContaining("OCTET-IMAGE-005");
    }
}
