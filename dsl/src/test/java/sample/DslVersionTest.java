package sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.DslVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DslVersionTest {
    @Test
    void isTheReleaseOfThePom() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom)
                .containsPattern("<version>" + DslVersion.CURRENT.replace(".", "\\.") + "(-SNAPSHOT)?</version>");
    }
}
