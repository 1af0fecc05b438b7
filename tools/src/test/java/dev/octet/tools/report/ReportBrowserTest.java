package dev.octet.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.testkit.browser.Chromium;
import dev.octet.testkit.browser.OpenPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report as people use it: by mouse, keyboard and fingers, on wide and narrow screens, in both themes. */
class ReportBrowserTest {
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
        sample.writeWeights("<script>document.title = 'taken over'</script>");
        file = folder.resolve("report.html");
        Files.write(file, CompileReport.html(sample.request()));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openWide() {
        open(1280, 900, false, false);
    }

    private void open(int width, int height, boolean dark, boolean touch) {
        if (open != null) {
            open.close();
        }
        open = chromium.open(file, width, height, dark, touch);
        page = open.page();
    }

    @AfterEach
    void staysQuiet() {
        open.requireQuiet();
        open.close();
    }

    private static Node second(Class<? extends Op> kind) {
        return sample.plan().int8().nodes(kind).get(1);
    }

    private Locator node(String id) {
        return page.locator(".node[data-to='" + id + "']");
    }

    private String shown() {
        return page.locator("#details article:visible").getAttribute("id");
    }

    /** The details of this layer appear; browsers tell a page of a followed link a moment later. */
    private void assertShown(String id) {
        page.locator("#details article[id='" + id + "']").waitFor();
        assertThat(shown()).isEqualTo(id);
    }

    private double zoom() {
        return ((Number) page.evaluate("(() => { const s = document.querySelector('.view:not([hidden]) svg');"
                        + " return s.clientWidth / s.viewBox.baseVal.width; })()"))
                .doubleValue();
    }

    private double scrolled(String side) {
        return ((Number) page.evaluate("document.querySelector('.view:not([hidden])').scroll" + side)).doubleValue();
    }

    @ParameterizedTest
    @CsvSource({"1280,false", "390,true"})
    void isAccessible(int width, boolean dark) {
        open(width, 900, dark, false);
        // One kernel is as good as all, and axe looks at every word of its source.
        page.evaluate("document.querySelectorAll('details.kernel:last-of-type, details.kernel:last-of-type details')"
                + ".forEach(d => d.open = true)");
        page.locator(".code pre").last().waitFor();
        open.requireAccessible();
    }

    @ParameterizedTest
    @CsvSource({"1280", "390"})
    void isNeverWiderThanTheScreen(int width) {
        open(width, 900, false, false);
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
        page.locator(".code pre").last().waitFor();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    }

    @Test
    void followsTheTheme() {
        String light = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
        open(1280, 900, true, false);
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo(light);
    }

    @Test
    void textOfFilesRunsNothing() {
        assertThat(page.title()).isEqualTo(ReportSample.NETWORK + " – compile report");
        assertThat(page.locator("#summary dd").allTextContents())
                .contains("<script>document.title = 'taken over'</script>");
    }

    @Test
    void aClickOnAnOperatorTellsOfIt() {
        Node conv = second(Op.Conv2d.class);
        node(Layer.id(conv)).click();
        assertShown(Layer.id(conv));
        assertThat(page.url()).endsWith("#" + Layer.id(conv));
        assertThat(page.locator("#details article:visible").innerText())
                .contains("ReportSample.java:", "Kernel", "Schedule", "Floor, batch 8", "Measured", "2.50 µs")
                .contains(
                        "Weights of each output channel",
                        "Values seen in calibration",
                        "Signal to noise ratio",
                        "31.5 dB");
        assertThat(page.locator("#details article:visible .histogram text.mark").allTextContents())
                .containsExactlyInAnyOrder("entropy", "mse", "naive");
    }

    @Test
    void theNoisiestValuesLeadToTheirLayers() {
        Locator link = page.locator("#accuracy .items a").first();
        String of = link.getAttribute("href").substring(1);
        link.click();
        assertShown(of);
    }

    @Test
    void theKeyboardReachesEverything() {
        page.locator("#view-int8 .node[tabindex='0']").focus();
        page.keyboard().press("ArrowUp");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Enter");
        assertShown(Layer.id(sample.plan().int8().nodes().get(0)));
        assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("H3");
        page.locator("#view-int8 .node[tabindex='0']").focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press(" ");
        assertShown(Layer.id(sample.plan().int8().nodes().get(1)));
        double before = zoom();
        page.locator("#view-int8 .node[tabindex='0']").focus();
        page.keyboard().press("+");
        assertThat(zoom()).isGreaterThan(before);
        page.keyboard().press("-");
        page.keyboard().press("-");
        assertThat(zoom()).isLessThan(before);
        page.locator("#tab-int8").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#view-fp32").isVisible()).isTrue();
        assertThat(page.locator("#view-int8").isVisible()).isFalse();
    }

    @Test
    void theMouseZoomsAndMoves() {
        for (String action : new String[] {"in", "in", "in", "in", "in"}) {
            page.locator("[data-zoom=" + action + "]").click();
        }
        double near = zoom();
        assertThat(near).isGreaterThan(2);
        page.locator("#view-int8").evaluate("view => view.scrollIntoView({ block: 'center', behavior: 'instant' })");
        double top = scrolled("Top");
        ElementHandle view = page.querySelector("#view-int8");
        double x = view.boundingBox().x + 30;
        double y = view.boundingBox().y + 300;
        String chosen = shown();
        page.mouse().move(x, y);
        page.mouse().down();
        page.mouse().move(x, y - 120, new Mouse.MoveOptions().setSteps(4));
        page.mouse().up();
        assertThat(scrolled("Top") - top).isBetween(110.0, 130.0);
        assertThat(shown()).as("a drag chooses nothing").isEqualTo(chosen);
        page.keyboard().down("Control");
        page.mouse().wheel(0, 200);
        page.keyboard().up("Control");
        page.waitForFunction(
                "near => document.querySelector('#view-int8 svg').clientWidth"
                        + " / document.querySelector('#view-int8 svg').viewBox.baseVal.width < near - 0.1",
                near);
        page.locator("[data-zoom=all]").click();
        assertThat(scrolled("Height"))
                .isLessThanOrEqualTo(((Number) view.evaluate("v => v.clientHeight")).doubleValue() + 1);
        page.locator("[data-zoom=out]").click();
        page.locator("[data-zoom=fit]").click();
        assertThat(zoom()).isEqualTo(1);
    }

    @Test
    void fingersPinch() {
        open(390, 800, false, true);
        double before = zoom();
        page.evaluate("""
                (() => {
                  const view = document.querySelector('#view-int8');
                  const box = view.getBoundingClientRect();
                  const send = (type, id, x) => view.dispatchEvent(new PointerEvent(type, {
                    pointerId: id, pointerType: 'touch', bubbles: true, clientX: box.left + x, clientY: box.top + 100 }));
                  send('pointerdown', 1, 100);
                  send('pointerdown', 2, 200);
                  send('pointermove', 2, 300);
                  send('pointerup', 1, 100);
                  send('pointerup', 2, 300);
                })()""");
        assertThat(zoom()).isCloseTo(2 * before, org.assertj.core.data.Offset.offset(0.05));
        Node conv = second(Op.Conv2d.class);
        page.locator("[data-zoom=fit]").tap();
        node(Layer.id(conv)).tap();
        assertShown(Layer.id(conv));
    }

    @Test
    void theGraphBeforeFusionLeadsToTheOneAfter() {
        page.locator("#tab-fp32").click();
        Node add = sample.plan().fp32().nodes(Op.Add.class).get(0);
        node(Layer.floatId(add)).click();
        assertShown(Layer.floatId(add));
        page.locator("#details article:visible a[href^='#layer-']").click();
        Node fused = second(Op.Conv2d.class);
        assertShown(Layer.id(fused));
        assertThat(page.locator("#view-int8").isVisible()).isTrue();
        page.locator("#details article:visible a[href='#" + Layer.floatId(add) + "']")
                .click();
        assertShown(Layer.floatId(add));
    }

    @Test
    void layersLeadToKernelsAndSourcesAndBack() {
        Node conv = second(Op.Conv2d.class);
        page.locator("#layers a[href='#" + Layer.id(conv) + "']").click();
        assertShown(Layer.id(conv));
        page.locator("#details article:visible .kernel-name").click();
        Locator kernel = page.locator("details.kernel[open]");
        assertThat(kernel.count()).isEqualTo(1);
        Locator source = kernel.locator("details[data-kind=cu]");
        source.locator("summary").click();
        source.locator("pre .k").first().waitFor();
        assertThat(source.locator("summary").innerText()).contains("from template cuda/conv2d_mma.vm");
        assertThat(source.locator("pre").innerText())
                .startsWith("// Generated by Octet")
                .contains("__global__");
        assertThat(source.locator("pre .c").first().innerText()).startsWith("// Generated by Octet");
        Locator ptx = kernel.locator("details[data-kind=ptx]");
        ptx.locator("summary").click();
        ptx.locator("pre").waitFor();
        assertThat(ptx.locator("pre").textContent()).isEqualTo(ReportSample.PTX);
        assertThat(ptx.locator("pre .k").allTextContents()).containsExactly("mov.u32", "ret");
        page.locator("#layers a").first().click();
        kernel.locator("p a").first().click();
        assertShown(Layer.id(conv));
    }

    @Test
    void memoryAndWarningsLeadToLayers() {
        page.locator(".arena rect").last().click();
        String of = page.locator(".arena rect").last().getAttribute("data-to");
        assertShown(of);
        page.locator("#warnings a").first().click();
        page.locator("#details article[id='" + of + "']")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    @Test
    void aLinkOpensItsLayer() {
        Node conv = second(Op.Conv2d.class);
        page.navigate(file.toUri() + "#" + Layer.id(conv));
        page.reload();
        assertShown(Layer.id(conv));
        assertThat(node(Layer.id(conv)).getAttribute("class")).contains("chosen");
    }
}
