package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import lombok.Lombok;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to call javac that {@code docs/building.md} lists, with the finished jar, on every JDK that is here. */
class WaysToBuildIT {
    private static final Path JAR = Path.of(System.getProperty("octet.test.jar"));
    private static final Path LOMBOK = TestModule.location(Lombok.class);
    private static final String PLAN = "META-INF/octet/demo.Small/plan";

    @TempDir
    Path folder;

    static List<Path> jdks() throws IOException {
        return Jdks.installed();
    }

    /** Processors on the class path run by themselves up to JDK 22; a processor path or {@code -proc:full} is for all. */
    @ParameterizedTest
    @MethodSource("jdks")
    void theClassPathAloneIsForOldCompilers(Path jdk) throws Exception {
        int feature = Jdks.feature(jdk);
        TestModule module = module("right/self_contained").with(JAR);
        assertThat(module.compile(Javac.forked(jdk)).success()).isTrue();
        assertThat(module.generated().containsKey(PLAN)).isEqualTo(feature < 23);

        TestModule full = new TestModule(folder.resolve("full"), "right/self_contained").with(JAR);
        Compiled compiled = feature < 21
                ? full.compile(Javac.forked(jdk), "-processorpath", JAR.toString())
                : full.compile(Javac.forked(jdk), "-proc:full");
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(full.generated()).containsKey(PLAN);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void lombokMayStandBesideItInEitherOrder(Path jdk) throws Exception {
        TestModule first = module("lombok/beside").with(LOMBOK);
        Compiled compiled = first.compile(Javac.forked(jdk), "-processorpath", path(LOMBOK, JAR));
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(first.generated()).containsKey(PLAN);

        TestModule second = new TestModule(folder.resolve("second"), "lombok/beside").with(LOMBOK);
        compiled = second.compile(Javac.forked(jdk), "-processorpath", path(JAR, LOMBOK));
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(second.generated()).isEqualTo(first.generated());
    }

    /** Lombok changes classes of the outer compilation, which the nested one does not see: an error, never a wrong plan. */
    @ParameterizedTest
    @MethodSource("jdks")
    void aDefinitionCannotUseWhatLombokGenerates(Path jdk) throws Exception {
        TestModule module = module("lombok/used").with(LOMBOK);
        Compiled compiled = module.compile(Javac.forked(jdk), "-processorpath", path(LOMBOK, JAR));
        assertThat(compiled.success()).as(compiled.output()).isFalse();
        assertThat(compiled.errors()).as(compiled.output()).singleElement().satisfies(error -> {
            assertThat(error.text()).contains(HostCode.DOES_NOT_COMPILE.id(), "not from other annotation processors");
            assertThat(error.file() + ":" + error.line()).isEqualTo(WrongDefinition.markedLine(module.sources()));
        });
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aHelperOnTheModulePathNeedsJdk18(Path jdk) throws Exception {
        TestModule library = new TestModule(folder.resolve("library"), "right/module_library");
        assertThat(library.compile(Javac.inProcess(), "--release", "17").success())
                .isTrue();
        Path jar = folder.resolve("acme.jar");
        TestJar.write(jar, library.classes(), new Manifest());

        TestModule module = module("right/uses_module").withModule(jar);
        Compiled compiled = module.compileAsModule(Javac.forked(jdk, JAR));
        if (Jdks.feature(jdk) >= 18) {
            assertThat(compiled.success()).as(compiled.output()).isTrue();
            assertThat(module.generated()).containsKey(PLAN);
        } else {
            assertThat(compiled.errors())
                    .as(compiled.output())
                    .singleElement()
                    .satisfies(error -> assertThat(error.text())
                            .contains(HostCode.DOES_NOT_COMPILE.id(), "acme.Widths is on the module path", "JDK 18"));
        }
    }

    /** Spaces and letters beyond ASCII in the path, also where the kernels are found again. */
    @ParameterizedTest
    @MethodSource("jdks")
    void pathsMayHaveAnyLetters(Path jdk) throws Exception {
        Path odd;
        try {
            odd = Files.createDirectories(folder.resolve("mein Projekt \u00fc\u00df \u7f51\u7edc"));
        } catch (InvalidPathException e) {
            Assumptions.abort("the locale of this JVM has no such letters in paths: " + e.getMessage());
            return;
        }
        TestModule module = new TestModule(odd, "right/self_contained");
        Compiled compiled = module.compile(
                Javac.forked(jdk, JAR),
                "-Aoctet.ptx=true",
                "-Aoctet.dir=" + odd.resolve("octet"),
                "-Aoctet.cache=" + odd.resolve("cache"));
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        TestModule plain = new TestModule(folder.resolve("plain"), "right/self_contained");
        plain.compile(Javac.inProcess());
        assertThat(module.generated()).containsAllEntriesOf(plain.generated());
    }

    private TestModule module(String sources) throws IOException {
        return new TestModule(folder.resolve("module"), sources);
    }

    private static String path(Path first, Path second) {
        return first + File.pathSeparator + second;
    }
}
