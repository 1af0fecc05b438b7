package dev.octet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whether {@code docs/diagnostics.md} has an entry for every diagnostic code of every module, and no other. */
class DiagnosticsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "diagnostics.md");
    private static final String INTERFACE = "dev.octet.plan.diag.DiagnosticCode";

    /** The definition language needs nothing but the JDK, so that its codes cannot implement the interface. */
    private static final String DSL_CODES = "dev.octet.dsl.DslCode";

    private static final Pattern QUOTED = Pattern.compile("^\\[(OCTET-[A-Z]+-[0-9]{3})] (.*)$", Pattern.MULTILINE);
    private static final Pattern AREA = Pattern.compile("^\\| \\[([A-Z]+)]\\(#[a-z]+\\) \\|", Pattern.MULTILINE);
    private static final Pattern PLACEHOLDER = Pattern.compile("%(?:[0-9]+\\$)?[-,.0-9]*([a-zA-Z%])");

    private static List<String> ids;
    private static Map<String, String> texts;
    private static List<String> enums;

    /** A row of a table: its cells, and the heading that it stands under. */
    private record Entry(String area, List<String> cells) {
        String id() {
            return cells.get(0);
        }
    }

    /** The processor is on no class path, so the enums are loaded from the folders that they were found in. */
    @BeforeAll
    static void findCodes() throws IOException, ReflectiveOperationException {
        List<Path> folders = ArchitectureTest.classFolders();
        assertThat(folders).as("built modules").hasSameSizeAs(ArchitectureTest.Module.values());
        ids = new ArrayList<>();
        texts = new HashMap<>();
        enums = new ArrayList<>();
        try (URLClassLoader loader = loader(folders)) {
            for (JavaClass code : new ClassFileImporter().importPaths(folders)) {
                if (listsCodes(code)) {
                    enums.add(code.getSimpleName());
                    add(Class.forName(code.getName(), true, loader));
                }
            }
        }
        assertThat(ids).as("codes of all modules").isNotEmpty();
    }

    private static boolean listsCodes(JavaClass type) {
        return type.isEnum()
                && (type.isAssignableTo(INTERFACE) || type.getName().equals(DSL_CODES));
    }

    private static URLClassLoader loader(List<Path> folders) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path folder : folders) {
            urls.add(folder.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static void add(Class<?> codes) throws ReflectiveOperationException {
        for (Object code : codes.getEnumConstants()) {
            String id = (String) codes.getMethod("id").invoke(code);
            ids.add(id);
            texts.put(id, (String) codes.getMethod("text").invoke(code));
        }
    }

    @Test
    void idsAreUniqueAndWellFormed() {
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("OCTET-[A-Z]+-[0-9]{3}"));
    }

    @Test
    void everyCodeHasOneEntry() throws IOException {
        assertThat(entries()).extracting(Entry::id).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void entriesStandInTheirAreaInOrder() throws IOException {
        List<Entry> entries = entries();
        assertThat(entries).allMatch(entry -> entry.id().startsWith("OCTET-" + entry.area() + "-"));
        for (String area : entries.stream().map(Entry::area).distinct().toList()) {
            assertThat(entries.stream().filter(entry -> entry.area().equals(area)))
                    .extracting(Entry::id)
                    .isSorted();
        }
    }

    @Test
    void entriesHaveMeaningCauseAndRemedy() throws IOException {
        assertThat(entries())
                .allMatch(entry ->
                        entry.cells().size() == 4 && entry.cells().stream().noneMatch(String::isBlank));
    }

    @Test
    void everyAreaIsListedAndHasAnExample() throws IOException {
        String document = Files.readString(DOCUMENT);
        Set<String> areas =
                ids.stream().map(DiagnosticsDocumentTest::area).collect(Collectors.toCollection(TreeSet::new));
        assertThat(AREA.matcher(document).results().map(found -> found.group(1)))
                .as("areas in the list at the top")
                .containsExactlyInAnyOrderElementsOf(areas);
        for (String area : areas) {
            assertThat(document)
                    .as("an example of area %s, in a block or as a comment in Java", area)
                    .containsPattern("(?m)^\\[OCTET-" + area + "-|// OCTET-" + area + "-");
        }
    }

    private static String area(String id) {
        return id.split("-")[1];
    }

    @Test
    void quotedMessagesAreWhatIsSaid() throws IOException {
        List<MatchResult> quoted =
                QUOTED.matcher(Files.readString(DOCUMENT)).results().toList();
        assertThat(quoted).hasSizeGreaterThan(30);
        for (MatchResult message : quoted) {
            assertThat(texts).containsKey(message.group(1));
            String firstLine = texts.get(message.group(1)).lines().findFirst().orElseThrow();
            assertThat(message.group(2)).as(message.group(1)).matches(pattern(firstLine));
        }
    }

    /** What a text looks like with anything in the place of its placeholders. */
    private static String pattern(String text) {
        StringBuilder pattern = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int at = 0;
        while (placeholder.find()) {
            pattern.append(Pattern.quote(text.substring(at, placeholder.start())));
            pattern.append(placeholder.group(1).equals("%") ? "%" : ".*");
            at = placeholder.end();
        }
        return pattern.append(Pattern.quote(text.substring(at))).toString();
    }

    /** Such a test fails for each code that it has no example of. */
    @Test
    void everyEnumIsWalkedByATestOfExamples() throws IOException {
        StringBuilder tests = new StringBuilder();
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                15,
                (path, attributes) ->
                        attributes.isRegularFile() && path.toString().endsWith("ExamplesTest.java"))) {
            for (Path file : files.toList()) {
                tests.append(Files.readString(file));
            }
        }
        assertThat(enums)
                .allSatisfy(name -> assertThat(tests)
                        .as("an ExamplesTest that ends with .tests(Stream.of(%s.values()) ...)", name)
                        .containsPattern("\\b" + name + "\\.values\\(\\)|\\b" + name + "::id"));
    }

    private static List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        String area = "";
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("## ")) {
                area = line.substring("## ".length()).strip();
            } else if (line.startsWith("| OCTET-")) {
                entries.add(new Entry(area, cells(line)));
            }
        }
        return entries;
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }
}
