package dev.octet.tools;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.ResourcePaths;
import dev.octet.plan.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCheckTest {
    @TempDir
    private Path folder;

    private BuiltNetwork network;
    private Path helper;

    @BeforeEach
    void record() throws IOException {
        network = SampleModule.in(folder).network();
        helper = Files.createDirectories(folder.resolve("java/com/acme")).resolve("Helper.java");
        Files.writeString(helper, "one");
        recordAs(Sha256.hex("one") + " com/acme/Helper.java\n" + Sha256.hex("x") + " com/acme/Elsewhere.java\n");
    }

    @Test
    void unchangedSourcesAndThoseThatAreElsewherePass() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aChangedSourceIsNamed() throws IOException {
        Files.writeString(helper, "two");
        assertThatThrownBy(this::check)
                .hasMessageContaining("OCTET-BUILD-018")
                .hasMessageContaining("com/acme/Helper.java");
    }

    @Test
    void damageIsNoCrash() throws IOException {
        recordAs("?\n");
        assertThatThrownBy(this::check).hasMessageContaining("OCTET-BUILD-004");
        recordAs(Sha256.hex("one") + " a\0b\n");
        assertThatThrownBy(this::check).hasMessageContaining("OCTET-BUILD-004");
    }

    @Test
    void buildsWithoutARecordPass() throws IOException {
        Files.delete(network.classes().resolve(ResourcePaths.sources(SampleModule.NETWORK)));
        Files.writeString(helper, "two");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    private void check() {
        SourceCheck.check(network, List.of(folder.resolve("absent"), folder.resolve("java")));
    }

    private void recordAs(String text) throws IOException {
        Files.writeString(network.classes().resolve(ResourcePaths.sources(SampleModule.NETWORK)), text);
    }
}
