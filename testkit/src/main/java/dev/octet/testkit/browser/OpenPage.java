package dev.octet.testkit.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A page in a browser, with everything that it complained of and asked for. */
public final class OpenPage implements AutoCloseable {
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private OpenPage(BrowserContext context, Page page) {
        this.context = context;
        this.page = page;
    }

    static OpenPage of(BrowserContext context, String address) {
        OpenPage open = new OpenPage(context, context.newPage());
        open.listen(address);
        open.page.navigate(address);
        return open;
    }

    private void listen(String address) {
        page.onConsoleMessage(message -> {
            if (!message.type().equals("log")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onRequest(request -> {
            if (!request.url().equals(address) && !request.url().startsWith("blob:")) {
                complaints.add("request: " + request.url());
            }
        });
    }

    /** The page itself. */
    public Page page() {
        return page;
    }

    /** Fails if the page wrote to the console, threw, or asked for anything but itself. */
    public void requireQuiet() {
        assertThat(complaints).as("complaints of the page").isEmpty();
    }

    /** Fails if axe finds a fault that bars people from using the page. */
    public void requireAccessible() {
        List<String> faults = new ArrayList<>();
        for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
            if (GRAVE.contains(rule.getImpact())) {
                rule.getNodes().stream()
                        .limit(3)
                        .forEach(node ->
                                faults.add(rule.getId() + ": " + node.getHtml() + " " + node.getFailureSummary()));
            }
        }
        assertThat(faults).as("serious faults that axe finds").isEmpty();
    }

    /** Milliseconds from the start of loading to the first paint with content. */
    public double firstPaint() {
        page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
        return ((Number) page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                .doubleValue();
    }

    @Override
    public void close() {
        context.close();
    }
}
