package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Parts of the tutorial; {@code it/tutorial} executes it. */
class TutorialTest {
    private static final Path DOCS = Path.of("..", "docs");

    /** The model that the page names is that of {@link ColoursModel}; {@code -Doctet.tutorial.write=true} writes it. */
    @Test
    void theModelIsTheOneThatIsDescribed() throws IOException {
        Path file = DOCS.resolve("tutorial/colours.onnx");
        byte[] model = ColoursModel.bytes(1);
        if (Boolean.getBoolean("octet.tutorial.write")) {
            Files.write(file, model);
        }
        assertThat(file).hasBinaryContent(model);
    }

    /** Which file a block is stands at its fence, which nobody sees who reads the page in a browser. */
    @Test
    void theTextBeforeABlockNamesItsFile() throws IOException {
        String page = Files.readString(DOCS.resolve("tutorial.md"));
        for (Tutorial.Block block : Tutorial.blocks(page)) {
            if (!block.file().isEmpty()) {
                String before = page.substring(0, page.indexOf("```" + block.language() + " " + block.file()));
                String paragraph = before.substring(before.lastIndexOf("\n\n", before.length() - 3));
                assertThat(paragraph).contains("`" + block.file() + "`");
            }
        }
    }

    /** A fence that was misspelt would be text that nobody executes. */
    @Test
    void everyFenceIsABlock() throws IOException {
        String page = Files.readString(DOCS.resolve("tutorial.md"));
        long fences = page.lines().filter(line -> line.startsWith("```")).count();
        assertThat(Tutorial.blocks(page)).hasSize((int) fences / 2);
        assertThat(Tutorial.blocks(page))
                .allMatch(block -> !block.file().isEmpty()
                        || block.language().equals("sh")
                        || block.language().equals("text"));
    }
}
