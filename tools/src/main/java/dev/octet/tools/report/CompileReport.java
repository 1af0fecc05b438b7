package dev.octet.tools.report;

import dev.octet.tools.report.html.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The compile report of a network: one HTML file with pictures, figures and sources, which loads nothing from anywhere.
 * Equal requests on equal files have equal reports.
 */
public final class CompileReport {
    private final ReportData data;
    private final Layers layers;

    private CompileReport(ReportData data) {
        this.data = data;
        this.layers = Layers.of(data);
    }

    /**
     * Makes a report.
     *
     * @return the file, UTF-8
     * @throws dev.octet.plan.diag.OctetException if something is missing that was asked for, or a file is damaged
     */
    public static byte[] html(ReportRequest request) {
        return new CompileReport(ReportData.read(request)).write().getBytes(StandardCharsets.UTF_8);
    }

    private String write() {
        String script = resource("report.js");
        String name = data.plan().network();
        Html html = Html.document();
        html.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy(script));
        html.leaf("title", name + " – compile report");
        html.raw("style", resource("report.css")).closeLine();
        html.open("body");
        Section.link(html, "Skip to the report", "main", "skip");
        List<Warning> warnings = Warnings.of(data, layers);
        writeHeader(html, name, !warnings.isEmpty());
        html.open("main", "id", "main", "tabindex", "-1");
        new SummarySection(data, layers).write(html);
        new WarningSection(warnings).write(html);
        new AccuracySection(data, layers).write(html);
        new SpeedSection(data, layers).write(html);
        new GraphSection(data, layers, parts()).write(html);
        new LayerTable(data, layers).write(html);
        new KernelSection(data, layers).write(html);
        new MemorySection(data, layers).write(html);
        html.closeLine();
        html.raw("script", script);
        html.close().closeLine();
        return html.toString();
    }

    /** Parts of operators that come from files of their own. */
    private List<LayerPart> parts() {
        List<LayerPart> parts = new ArrayList<>();
        data.evaluation().ifPresent(found -> parts.add(new NoisePart(found)));
        data.ownHistograms().ifPresent(found -> parts.add(new HistogramPart(found, data)));
        return parts;
    }

    private void writeHeader(Html html, String name, boolean warnings) {
        html.open("header", "class", "top").open("div", "class", "title");
        html.leaf("h1", name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1));
        html.leaf(
                "p",
                name + ", compiled for " + data.program().target().text() + ", batches up to "
                        + data.plan().maxBatch());
        html.close().open("nav", "aria-label", "Sections");
        Section.link(html, "Summary", "summary", "");
        if (warnings) {
            Section.link(html, "Warnings", "warnings", "");
        }
        Section.link(html, "Accuracy", "accuracy", "");
        if (!data.profiles().all().isEmpty()) {
            Section.link(html, "Speed", "speed", "");
        }
        Section.link(html, "Graph", "graph", "");
        Section.link(html, "Layers", "layers", "");
        Section.link(html, "Kernels", "kernels", "");
        Section.link(html, "Memory", "memory", "");
        html.close().closeLine();
    }

    /** Nothing is loaded, and of all scripts only the page's own runs. */
    private static String policy(String script) {
        return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src 'sha256-"
                + digest(script) + "'";
    }

    private static String digest(String script) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(sha256.digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = CompileReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
