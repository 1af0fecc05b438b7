package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.text.LinesText;
import dev.octet.plan.text.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctetProcessorTest {
    @TempDir
    Path folder;

    @Test
    void twoNetworksUseTheirTypedClassesAndShareKernels() throws Exception {
        TestModule module = new TestModule(folder, "right/two_networks");
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        SortedMap<String, String> files = module.generated();
        assertThat(files.keySet())
                .contains("META-INF/octet/demo.First/plan", "META-INF/octet/demo.Second/plan")
                .anyMatch(name -> name.startsWith("META-INF/octet/kernels/sm_61/"));
        assertThat(compiled.output()).contains("Note: First: 2 layers, ").contains("Note: Second: 2 layers, ");
    }

    @Test
    void thePlanHasTheHashThatItsClassExpects() throws Exception {
        TestModule module = new TestModule(folder, "right/two_networks");
        module.compile(Javac.inProcess());
        byte[] bytes = Files.readAllBytes(module.classes().resolve(ResourcePaths.plan("demo.First")));
        Plan plan = PlanText.read(bytes, "plan");
        assertThat(plan.network()).isEqualTo("demo.First");
        assertThat(module.generated().get("demo/FirstNetwork.java")).contains('"' + PlanText.hash(bytes) + '"');
    }

    @Test
    void aNestedDefinitionHasANameOfItsOwn() throws Exception {
        TestModule module = new TestModule(folder, "right/nested");
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(module.generated().keySet())
                .contains("demo/Outer_InnerNetwork.java", "META-INF/octet/demo.Outer$Inner/plan");
    }

    @Test
    void theUnnamedPackageIsAPackage() throws Exception {
        TestModule module = new TestModule(folder, "right/unnamed");
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(module.generated().keySet()).contains("PlainNetwork.java", "META-INF/octet/Plain/plan");
    }

    @Test
    void aHelperMayComeFromAJar() throws Exception {
        TestModule module = new TestModule(folder.resolve("module"), "right/uses_library").with(libraryJar());
        Compiled compiled = module.compile(Javac.inProcess(), "-Aoctet.dump=ImportTrace");
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(module.generated().get("META-INF/octet/demo.Uses/dump/01-ImportTrace.txt"))
                .as("lines are those of the module, not of the library")
                .contains("bias=none", "@Uses.java:20")
                .doesNotContain("Blocks.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong_width", "negative_width"})
    void anErrorInAJarIsOnTheLineOfTheCall(String name) throws Exception {
        TestModule module = new TestModule(folder.resolve("module"), "library_errors/" + name).with(libraryJar());
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.errors())
                .as(compiled.output())
                .singleElement()
                .satisfies(error -> assertThat(error.file() + ":" + error.line())
                        .isEqualTo(WrongDefinition.markedLine(module.sources())));
    }

    /** The nested compiler fails as well, but javac says it better. */
    @ParameterizedTest
    @ValueSource(strings = {"body", "missing_method", "missing_type", "unknown_constant"})
    void whatDoesNotCompileIsLeftToJavac(String name) throws Exception {
        TestModule module = new TestModule(folder, "broken/" + name);
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.errors()).as(compiled.output()).singleElement().satisfies(error -> {
            assertThat(error.text()).doesNotContain("OCTET");
            assertThat(error.file() + ":" + error.line()).isEqualTo(WrongDefinition.markedLine(module.sources()));
        });
    }

    @Test
    void tensorsThatNobodyReadsAreOneWarning() throws Exception {
        Compiled compiled = new TestModule(folder, "right/nested").compile(Javac.inProcess());
        assertThat(compiled.warnings())
                .as(compiled.output())
                .singleElement()
                .satisfies(warning -> assertThat(warning.text())
                        .contains(HostCode.UNUSED_TENSORS.id(), "(7)", "bn1.bias", "wide.weight"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Aoctet.dumb=all", "-Aoctet.dump=NoSuchPass", "-Aoctet.timeout=0", "-Aoctet.ptx=yes"})
    void wrongOptionsAreErrors(String option) throws Exception {
        Compiled compiled = new TestModule(folder, "right/nested").compile(Javac.inProcess(), option);
        assertThat(compiled.success()).isFalse();
        assertThat(compiled.errors())
                .as(compiled.output())
                .singleElement()
                .satisfies(error -> assertThat(error.text()).contains(option.substring(2, option.indexOf('='))));
    }

    @Test
    void writesAFloatProgramOnRequestOnly() throws Exception {
        TestModule module = new TestModule(folder, "right/self_contained");
        assertThat(module.compile(Javac.inProcess()).success()).isTrue();
        assertThat(module.generated().keySet()).noneMatch(name -> name.endsWith("/floats"));
        Compiled compiled = module.compile(Javac.inProcess(), "-Aoctet.floats=true");
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(module.generated().keySet()).anyMatch(name -> name.endsWith("/floats"));
    }

    /** With a compiler of CUDA if there is one, and with a warning if not; an option's value that is wrong is an error. */
    @Test
    void compilesKernelsOnRequest() throws Exception {
        TestModule module = new TestModule(folder, "right/self_contained");
        Compiled compiled =
                module.compile(Javac.inProcess(), "-Aoctet.ptx=true", "-Aoctet.cache=" + folder.resolve("cache"));
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        long sources = module.generated().keySet().stream()
                .filter(name -> name.endsWith(".cu"))
                .count();
        long compiledKernels = module.generated().keySet().stream()
                .filter(name -> name.endsWith(".ptx"))
                .count();
        if (compiledKernels > 0) {
            assertThat(compiledKernels).isEqualTo(sources);
        } else {
            assertThat(compiled.warnings())
                    .anySatisfy(warning -> assertThat(warning.text()).contains("nvcc"));
        }
    }

    /** What build steps compare, for a javac that is given only a helper does not run the definition. */
    @Test
    void recordsTheSourcesOfADefinition() throws Exception {
        TestModule module = new TestModule(folder.resolve("module"), "right/uses_library").with(libraryJar());
        module.compile(Javac.inProcess());
        byte[] stages = Files.readAllBytes(module.sources().resolve("demo/Stages.java"));
        assertThat(module.generated().get("META-INF/octet/demo.Uses/sources").lines())
                .hasSize(2)
                .contains(Sha256.hex(stages) + " demo/Stages.java")
                .anyMatch(line -> line.endsWith(" demo/Uses.java"));
    }

    @Test
    void recordsTheLinesThatMadeValues() throws Exception {
        TestModule module = new TestModule(folder.resolve("module"), "right/uses_library").with(libraryJar());
        module.compile(Javac.inProcess());
        SortedMap<String, SourceLine> lines =
                LinesText.read(module.generated().get("META-INF/octet/demo.Uses/lines"), "lines");
        SourceLine input = lines.get("image");
        assertThat(input.className()).isEqualTo("demo.Uses");
        assertThat(Files.readAllLines(module.sources().resolve("demo/Uses.java"))
                        .get(input.line() - 1))
                .contains("net.input(");
    }

    /** Such a javac would write plan and kernels, without their folders, into the current one. */
    @Test
    void javacNeedsAFolderForClasses() throws Exception {
        Compiled compiled = new TestModule(folder, "right/two_networks").compileWithoutFolder(Javac.inProcess());
        assertThat(compiled.errors())
                .as(compiled.output())
                .singleElement()
                .satisfies(error -> assertThat(error.text()).contains(HostCode.NO_CLASS_FOLDER.id(), "-d <folder>"));
        assertThat(Path.of("plan")).doesNotExist();
        assertThat(Path.of("demo")).doesNotExist();
    }

    @Test
    void weightsMayLieElsewhere() throws Exception {
        TestModule module = new TestModule(folder, "right/nested");
        Files.move(folder.resolve("octet"), folder.resolve("elsewhere"));
        assertThat(module.compile(Javac.inProcess()).errors()).hasSize(1);
        Compiled compiled = module.compile(Javac.inProcess(), "-Aoctet.dir=" + folder.resolve("elsewhere"));
        assertThat(compiled.success()).as(compiled.output()).isTrue();
    }

    @Test
    void dumpsEveryPassInOrder() throws Exception {
        TestModule module = new TestModule(folder, "right/nested");
        module.compile(Javac.inProcess(), "-Aoctet.dump=all");
        List<String> dumps = module.generated().keySet().stream()
                .filter(name -> name.contains("/dump/"))
                .toList();
        assertThat(dumps).hasSizeGreaterThan(5);
        for (int i = 0; i < dumps.size(); i++) {
            assertThat(dumps.get(i)).startsWith("META-INF/octet/demo.Outer$Inner/dump/%02d-".formatted(i + 1));
        }
    }

    private Path libraryJar() throws IOException {
        TestModule library = new TestModule(folder.resolve("library"), "right/library");
        Compiled compiled = library.compile(Javac.inProcess());
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        Path jar = folder.resolve("library.jar");
        TestJar.write(jar, library.classes(), new Manifest());
        return jar;
    }
}
