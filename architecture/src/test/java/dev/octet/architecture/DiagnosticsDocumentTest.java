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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whether {@code docs/diagnostics.md} has an entry for every diagnostic code of every module, and no other. */
class DiagnosticsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "diagnostics.md");
    private static final String INTERFACE = "dev.octet.plan.diag.DiagnosticCode";

    /** The definition language needs nothing but the JDK, so that its codes cannot implement the interface. */
    private static final String DSL_CODES = "dev.octet.dsl.DslCode";

    private static List<String> ids;

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
        try (URLClassLoader loader = loader(folders)) {
            for (JavaClass code : new ClassFileImporter().importPaths(folders)) {
                if (listsCodes(code)) {
                    addIds(Class.forName(code.getName(), true, loader));
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

    private static void addIds(Class<?> codes) throws ReflectiveOperationException {
        for (Object code : codes.getEnumConstants()) {
            ids.add((String) codes.getMethod("id").invoke(code));
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
