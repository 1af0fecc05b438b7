package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.octet.testkit.browser.Chromium;
import dev.octet.testkit.browser.OpenPage;
import dev.octet.tools.report.CompileReport;
import dev.octet.tools.report.MeasuredFiles;
import dev.octet.tools.report.ReportRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compile report of the example. {@code -Dreport.images=<folder>} keeps the pictures of it that are taken here. */
class FashionReportTest {
    private static final String IMAGES = "report.images";

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static Path report;

    @BeforeAll
    static void write() throws IOException {
        chromium = Chromium.start();
        ReportRequest request = new ReportRequest(
                Path.of("target", "classes"),
                Fashion.class.getName(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(Path.of("src", "main", "octet", "fashion.safetensors")),
                MeasuredFiles.none(),
                List.of(Path.of("src", "main", "java")));
        report = Files.write(folder.resolve("fashion.html"), CompileReport.html(request));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void quotesTheDefinition() {
        try (OpenPage open = chromium.open(report, 1280, 900, false, false)) {
            open.page()
                    .locator("#layers a")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("bn1.relu"))
                    .first()
                    .click();
            assertThat(open.page().locator("#details article:visible .quote").innerText())
                    .contains("relu()");
            open.requireAccessible();
            open.requireQuiet();
        }
    }

    @Test
    void canBeSeenInBothThemesOnWideAndNarrowScreens() throws IOException {
        Path images =
                Optional.ofNullable(System.getProperty(IMAGES)).map(Path::of).orElse(folder);
        Files.createDirectories(images);
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, 390}) {
                try (OpenPage open = chromium.open(report, width, 900, dark, false)) {
                    Path image = images.resolve("report-" + width + (dark ? "-dark" : "") + ".png");
                    open.page().locator(".node[data-to]").nth(4).click();
                    open.page().locator("#graph").evaluate("graph => graph.scrollIntoView({ behavior: 'instant' })");
                    open.page().screenshot(new Page.ScreenshotOptions().setPath(image));
                    assertThat(image).isNotEmptyFile();
                    open.requireQuiet();
                }
            }
        }
    }
}
