package dev.octet.processor;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrongDefinitionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void isOneErrorOnItsLine(WrongDefinition definition) throws Exception {
        definition.check(Javac.inProcess(), folder);
    }
}
