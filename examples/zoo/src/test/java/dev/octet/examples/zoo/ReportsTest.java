package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.octet.plan.Target;
import dev.octet.testkit.browser.Chromium;
import dev.octet.testkit.browser.OpenPage;
import dev.octet.tools.report.CompileReport;
import dev.octet.tools.report.ReportRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compile reports of real networks: small enough, quick to show, and quiet. */
@Tag("networks")
class ReportsTest {
    private static final Path REPORTS = Path.of("target", "reports");
    private static final int BATCH = 32;
    private static final int MOST_BYTES = 5_000_000;
    private static final double MOST_MILLISECONDS = 2000;

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MOBILENET_V1_FULL", "SQUEEZENET_1_1", "RESNET50"})
    void openQuickly(Zoo network, @TempDir Path folder) throws IOException {
        RandomNetwork random = new RandomNetwork(network.definition(), folder);
        ZooBuild build = random.build(Target.SM_80, BATCH);
        build.compileKernels();
        byte[] html = CompileReport.html(
                ReportRequest.of(build.classes(), build.plan().network()));
        Path file = Files.createDirectories(REPORTS).resolve(network + ".html");
        Files.write(file, html);
        assertThat(html.length).isLessThan(MOST_BYTES);
        try (OpenPage open = chromium.open(file, 1280, 900, false, false)) {
            assertThat(open.firstPaint())
                    .as("milliseconds to first paint of %s", network)
                    .isLessThan(MOST_MILLISECONDS);
            Locator last = open.page().locator("#layers tbody a").last();
            last.click();
            // A page is told of a followed link a moment later.
            open.page().locator("#details article" + last.getAttribute("href")).waitFor();
            assertThat(open.page().locator("#details article:visible").count()).isEqualTo(1);
            open.page().locator("#details article:visible .kernel-name").click();
            open.page()
                    .locator("details.kernel[open] details.text summary")
                    .first()
                    .click();
            open.page().locator("details.kernel[open] pre .k").first().waitFor();
            open.requireAccessible();
            open.requireQuiet();
        }
    }
}
