package dev.octet.tools.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import dev.octet.plan.Target;
import dev.octet.testkit.browser.Chromium;
import dev.octet.testkit.browser.OpenPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison of two builds as people see it: on wide and narrow screens, in both themes, by keyboard, on paper. */
class DiffBrowserTest {
    /** Pixels between the margins of a sheet of A4. */
    private static final int PAPER = 702;

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static Path file;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        SampleBuild before =
                SampleBuild.in(folder.resolve("old"), 16, false).writeTable(2).writeWeights(1);
        SampleBuild after =
                SampleBuild.in(folder.resolve("new"), 16, true).writeTable(3).writeWeights(2);
        String line = "// " + "a line that is longer than any screen is wide, ".repeat(8) + "<b>\n";
        Path source = after.source(Target.SM_80);
        Files.writeString(source, Files.readString(source).replaceFirst("\n", "\n" + line));
        file = Files.write(
                folder.resolve("diff.html"), DiffPage.html(BuildDiff.of(before.classes(), after.classes(), true)));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280,false", "1280,true", "390,false", "390,true"})
    void isAccessibleAndNeverWiderThanTheScreen(int width, boolean dark) {
        try (OpenPage open = chromium.open(file, width, 900, dark, false)) {
            assertThat(open.page().locator("h2").allTextContents()).contains("kernels", "network com.acme.Sample");
            assertThat(open.page().locator("li.added").count()).isPositive();
            assertThat(open.page().evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(width);
            open.requireAccessible();
            open.requireQuiet();
        }
    }

    @Test
    void theKeyboardReachesLongLines() {
        try (OpenPage open = chromium.open(file, 390, 900, false, false)) {
            Page page = open.page();
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("PRE");
            page.keyboard().press("ArrowRight");
            // Not waitForFunction, whose evaluation the page's security policy forbids.
            page.waitForCondition(
                    () -> ((Number) page.evaluate("document.activeElement.scrollLeft")).doubleValue() > 0);
            open.requireQuiet();
        }
    }

    @Test
    void colorsTellWhatIsNewAndTextDoesToo() {
        try (OpenPage open = chromium.open(file, 1280, 900, false, false)) {
            Page page = open.page();
            assertThat(page.locator("li.added .kind").first().innerText()).isEqualTo("added");
            assertThat(page.locator("code .added").first().innerText()).startsWith("+");
            String added = "getComputedStyle(document.querySelector('code .added')).color";
            assertThat(page.evaluate(added)).isNotEqualTo(page.evaluate("getComputedStyle(document.body).color"));
        }
    }

    @Test
    void isPrintedWhole() {
        try (OpenPage open = chromium.open(file, PAPER, 900, true, false)) {
            Page page = open.page();
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PAPER);
            assertThat(page.evaluate("Array.from(document.querySelectorAll('pre'))"
                            + ".filter(p => p.scrollWidth > p.clientWidth + 1).length"))
                    .isEqualTo(0);
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
            open.requireQuiet();
        }
    }
}
