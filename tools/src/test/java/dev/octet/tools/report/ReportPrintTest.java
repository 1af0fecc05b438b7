package dev.octet.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import dev.octet.testkit.browser.Chromium;
import dev.octet.testkit.browser.OpenPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report on paper, from a browser that prefers dark pages. */
class ReportPrintTest {
    /** Pixels between the margins of a sheet of A4. */
    private static final int PAPER = 702;

    private static final String CLIPPED = """
            Array.from(document.querySelectorAll('body *')).filter(e => {
              const style = getComputedStyle(e);
              return e.clientWidth > 0 && style.overflow !== 'visible'
                  && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
            }).map(e => e.tagName + '.' + e.className)""";

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static ReportSample sample;
    private static Path file;

    private OpenPage open;
    private Page page;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        sample = ReportSample.in(folder);
        file = Files.write(folder.resolve("report.html"), CompileReport.html(sample.request()));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        open = chromium.open(file, PAPER, 1000, true, false);
        page = open.page();
    }

    @AfterEach
    void staysQuiet() {
        open.requireQuiet();
        open.close();
    }

    private void print() {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    }

    private int visible(String selector) {
        return page.locator(selector + ":visible").count();
    }

    @Test
    void hasNothingToPress() {
        print();
        assertThat(visible("button")).isZero();
        assertThat(visible("nav")).isZero();
        assertThat(visible(".skip")).isZero();
    }

    @Test
    void tellsOfEveryOperatorAndKernel() {
        page.locator("#tab-fp32").click();
        page.locator("#view-fp32 .node").first().click();
        print();
        assertThat(visible("#details article"))
                .as("operators of the quantised graph, whichever was chosen")
                .isEqualTo(sample.plan().int8().nodes().size());
        assertThat(visible("details.kernel .machine"))
                .isEqualTo(page.locator("details.kernel").count());
        assertThat(visible("details.text")).as("sources that nobody opened").isZero();
    }

    @Test
    void showsASourceThatIsOpenToItsEnd() {
        page.locator("details.kernel summary").first().click();
        page.locator("details.kernel details.text summary").first().click();
        page.locator(".code pre").waitFor();
        print();
        assertThat(visible("details.text")).isEqualTo(1);
        assertThat(page.evaluate(CLIPPED)).isEqualTo(List.of());
    }

    @Test
    void cutsNothingOff() {
        page.locator("[data-zoom=in]").click();
        print();
        assertThat(page.evaluate(CLIPPED)).isEqualTo(List.of());
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PAPER);
        double natural = ((Number) page.evaluate("document.querySelector('#view-int8 svg').viewBox.baseVal.width"))
                .doubleValue();
        assertThat(page.querySelector("#view-int8 svg").boundingBox().width)
                .as("however far the screen has zoomed")
                .isEqualTo(Math.min(PAPER, natural));
    }

    @Test
    void isBlackOnWhite() {
        print();
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        assertThat(page.evaluate("getComputedStyle(document.body).color")).isEqualTo("rgb(27, 31, 36)");
    }

    @Test
    void isAsBeforeWhenItHasBeenPrinted() {
        page.locator("details.kernel summary").first().click();
        page.evaluate("window.addEventListener('beforeprint',"
                + " () => { window.folded = document.querySelectorAll('details.kernel:not([open])').length; })");
        byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4"));
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(page.evaluate("window.folded")).isEqualTo(0);
        assertThat(page.locator("details.kernel[open]").count()).isEqualTo(1);
    }
}
