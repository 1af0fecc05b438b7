package dev.octet.tools.report;

import dev.octet.plan.launch.Step;
import dev.octet.tools.report.html.Html;
import dev.octet.tools.report.html.Packed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The kernels: what they need, which instructions they have, and their texts, which lie compressed in the page. */
final class KernelSection {
    private static final int SHOWN = 12;

    private final ReportData data;
    private final Layers layers;

    KernelSection(ReportData data, Layers layers) {
        this.data = data;
        this.layers = layers;
    }

    /** The place of a kernel in the page. */
    static String id(Step.Kernel kernel) {
        return "kernel-" + kernel.hash();
    }

    void write(Html html) {
        Section.open(html, "kernels", "Kernels");
        html.leaf(
                "p",
                data.kernels().size() + " kernels for "
                        + data.program().target().text() + ", in order of their first launch.",
                "class",
                "hint");
        data.kernels().values().forEach(kernel -> write(html, kernel));
        html.closeLine();
    }

    private void write(Html html, KernelFiles kernel) {
        List<Layer> users = layers.of(kernel.kernel());
        html.open("details", "class", "kernel", "id", id(kernel.kernel()));
        html.open("summary").leaf("span", kernel.kernel().name(), "class", "kernel-name");
        html.leaf("span", summary(kernel, users), "class", "facts").close();
        html.open("div", "class", "body");
        html.open("p").text("Computes ");
        for (int i = 0; i < users.size(); i++) {
            html.text(i == 0 ? "" : ", ");
            Section.link(html, users.get(i).node().name(), users.get(i).id(), "value");
        }
        html.text(".").close();
        if (!kernel.machines().isEmpty()) {
            writeMachines(html, kernel);
        }
        String template =
                kernel.template().map(name -> ", from template " + name).orElse("");
        writeText(html, "cu", "CUDA source" + template, kernel, kernel.source());
        writeText(html, "ptx", "PTX", kernel, kernel.ptx());
        html.close();
        html.closeLine();
    }

    private static String summary(KernelFiles kernel, List<Layer> users) {
        String registers = kernel.machines().values().stream()
                .flatMapToInt(code -> code.registers().stream())
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining("–"));
        return (registers.isEmpty() ? "" : registers + " registers · ")
                + users.size()
                + (users.size() == 1 ? " layer" : " layers");
    }

    private static void writeMachines(Html html, KernelFiles kernel) {
        html.open("div", "class", "machines");
        kernel.machines().forEach((machine, code) -> {
            html.open("div", "class", "machine").leaf("h3", "Machine code for sm_" + machine);
            String registers = code.registers().isPresent() ? code.registers().getAsInt() + " registers, " : "";
            String spills =
                    code.spills() == 0 ? "no register in local memory" : code.spills() + " accesses to local memory";
            html.leaf(
                    "p",
                    registers + Figures.bytes(code.sharedBytes()) + " shared memory, " + code.size() + " instructions, "
                            + spills);
            writeInstructions(html, code);
            html.close();
        });
        html.close();
    }

    private static void writeInstructions(Html html, MachineCode code) {
        List<Map.Entry<String, Integer>> counts = code.byCount();
        int most = counts.isEmpty() ? 1 : counts.get(0).getValue();
        html.open("ul", "class", "bars");
        counts.stream().limit(SHOWN).forEach(entry -> bar(html, entry.getKey(), entry.getValue(), most));
        int rest = counts.stream().skip(SHOWN).mapToInt(Map.Entry::getValue).sum();
        if (rest > 0) {
            bar(html, (counts.size() - SHOWN) + " others", rest, most);
        }
        html.close();
    }

    private static void bar(Html html, String name, int count, int most) {
        html.open("li").leaf("span", name, "class", "key");
        double percent = Math.min(100, 100.0 * count / most);
        html.open("span", "class", "track")
                .empty("span", "style", "width:" + Figures.at(percent) + "%")
                .close();
        html.leaf("span", String.valueOf(count), "class", "count").close();
    }

    private static void writeText(Html html, String kind, String title, KernelFiles kernel, Optional<String> text) {
        if (text.isEmpty()) {
            return;
        }
        String packed = kind + "-" + kernel.kernel().hash();
        html.open("details", "class", "text", "data-kind", kind, "data-packed", packed);
        html.open("summary").leaf("span", title, "class", "label");
        html.leaf("span", text.get().lines().count() + " lines", "class", "facts")
                .close();
        html.open("div", "class", "code").close();
        html.raw("script", Packed.text(text.get()), "type", "text/plain", "id", packed);
        html.close();
    }
}
