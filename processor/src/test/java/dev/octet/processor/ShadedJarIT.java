package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The processor as users have it: one jar, alone on the processor path of plain javac, on every JDK that is here. */
class ShadedJarIT {
    private static final Path JAR = Path.of(System.getProperty("octet.test.jar"));

    @TempDir
    Path folder;

    static List<Path> jdks() throws IOException {
        return Jdks.installed();
    }

    /** A choice: each costs the start of a javac. */
    static Stream<Arguments> wrongDefinitions() throws IOException {
        return Jdks.installed().stream()
                .flatMap(jdk -> EnumSet.range(WrongDefinition.SHAPE_MISMATCH, WrongDefinition.ENDLESS).stream()
                        .map(wrong -> Arguments.of(jdk, wrong)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("wrongDefinitions")
    void aWrongDefinitionIsOneErrorOnItsLine(Path jdk, WrongDefinition wrong) throws Exception {
        wrong.check(Javac.forked(jdk, JAR), folder);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void printsNothingButItsNotes(Path jdk) throws Exception {
        Compiled compiled = new TestModule(folder, "right/two_networks").compile(Javac.forked(jdk, JAR), "-nowarn");
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(compiled.output().lines().filter(line -> !line.contains("OCTET-HOST-016")))
                .allMatch(line -> line.matches("Note: (First|Second): 2 layers, \\d+ kernels for sm_61, .* \\d+ ms")
                        || line.matches("@QuantizedNetwork\\(|\\^|\\d warnings"));
    }

    /** Locale, encoding, time zone, JDK and the order of files must not show in what is generated. */
    @Test
    void generatesTheSameBytesEverywhere() throws Exception {
        List<SortedMap<String, String>> outputs = new ArrayList<>();
        for (Path jdk : Jdks.installed()) {
            Javac plain = Javac.forked(jdk, JAR);
            Javac turkish = Javac.forked(
                    jdk,
                    JAR,
                    "-Duser.language=tr",
                    "-Duser.country=TR",
                    "-Dfile.encoding=ISO-8859-1",
                    "-Duser.timezone=Asia/Tokyo");
            for (Javac javac : List.of(plain, turkish.backwards())) {
                TestModule module = new TestModule(folder.resolve("run" + outputs.size()), "right/two_networks");
                assertThat(module.compile(javac, "-Aoctet.dump=all").success()).isTrue();
                outputs.add(module.generated());
            }
        }
        assertThat(outputs.get(0).keySet())
                .contains("demo/FirstNetwork.java", "META-INF/octet/demo.First/plan")
                .anyMatch(name -> name.endsWith(".cu"));
        assertThat(outputs).allSatisfy(output -> assertThat(output).isEqualTo(outputs.get(0)));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void worksInANamedModule(Path jdk) throws Exception {
        TestModule module = new TestModule(folder, "right/named_module");
        Compiled compiled = module.compileAsModule(Javac.forked(jdk, JAR));
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(module.generated()).containsKey("META-INF/octet/demo.InModule/plan");
    }

    @Test
    void containsNobodyElsesPackages() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("dev/octet/"))
                    .noneMatch(name -> name.startsWith("dev/octet/runtime/"));
        }
    }

    /** What a user waits longer for a small network, median of five, on a machine that does nothing else. */
    @Tag("perf")
    @ParameterizedTest
    @MethodSource("jdks")
    void addsAtMostTwoSeconds(Path jdk) throws Exception {
        long without = median(jdk, "-proc:none");
        long with = median(jdk, "-Xlint:none");
        System.out.printf("%s: %d ms without processor, %d ms with%n", jdk.getFileName(), without, with);
        assertThat(with - without).as("added milliseconds").isLessThan(2000);
    }

    private long median(Path jdk, String option) throws IOException {
        long[] times = new long[5];
        for (int i = 0; i < times.length; i++) {
            TestModule module = new TestModule(Files.createTempDirectory(folder, "cost"), "right/self_contained");
            long start = System.nanoTime();
            Compiled compiled = module.compile(Javac.forked(jdk, JAR), option);
            times[i] = (System.nanoTime() - start) / 1_000_000;
            assertThat(compiled.success()).as(compiled.output()).isTrue();
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
