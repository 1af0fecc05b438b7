package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import dev.octet.runtime.SessionProfile;
import dev.octet.testkit.browser.Chromium;
import dev.octet.testkit.browser.OpenPage;
import dev.octet.tools.profile.ProfileFile;
import dev.octet.tools.report.CompileReport;
import dev.octet.tools.report.MeasuredFiles;
import dev.octet.tools.report.ReportRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compile report of the example. {@code -Dreport.images=<folder>} keeps the pictures of it that are taken here; the
 * wide light one is README's.
 */
class FashionReportTest {
    private static final String IMAGES = "report.images";

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static Path report;

    @BeforeAll
    static void write() throws IOException {
        chromium = Chromium.start();
        report = Files.write(folder.resolve("fashion.html"), CompileReport.html(request(MeasuredFiles.none())));
    }

    private static ReportRequest request(MeasuredFiles measured) {
        return new ReportRequest(
                Path.of("target", "classes"),
                Fashion.class.getName(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(Path.of("src", "main", "octet", "fashion.safetensors")),
                measured,
                List.of(Path.of("src", "main", "java")));
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
    void showsWhatWasMeasuredOnTheCpu() throws IOException {
        SessionProfile profile;
        try (FashionNetwork network = FashionNetwork.open(Options.onDevice("cpu"));
                Session session = network.network().newSession()) {
            profile = session.profile(2, 1);
        }
        Path times = Files.writeString(folder.resolve("times"), ProfileFile.text(profile));
        MeasuredFiles measured = new MeasuredFiles(Optional.empty(), Optional.empty(), List.of(times));
        String html = new String(CompileReport.html(request(measured)), StandardCharsets.UTF_8);
        assertThat(html)
                .contains(">Measured, CPU<", "Medians of runs of 2 images", profile.description())
                .doesNotContain("not measured<");
    }

    @Test
    void canBeSeenOnPaper() throws IOException {
        try (OpenPage open = chromium.open(report, 702, 900, true, false)) {
            Path image = images().resolve("report-print.png");
            open.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            open.page().evaluate("window.dispatchEvent(new Event('beforeprint'))");
            open.page().screenshot(new Page.ScreenshotOptions().setPath(image).setFullPage(true));
            assertThat(image).isNotEmptyFile();
            open.requireQuiet();
        }
    }

    private static Path images() throws IOException {
        return Files.createDirectories(
                Optional.ofNullable(System.getProperty(IMAGES)).map(Path::of).orElse(folder));
    }

    @Test
    void canBeSeenInBothThemesOnWideAndNarrowScreens() throws IOException {
        Path images = images();
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
