package dev.octet.processor.emit;

import dev.octet.compiler.DumpSink;
import dev.octet.plan.ResourcePaths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** Writes graphs to {@code META-INF/octet/<network>/dump/NN-<pass>.txt}, in the order of the passes. */
public final class GraphDump implements DumpSink {
    /** Selects every pass. */
    public static final String ALL = "all";

    private final ModuleOutput output;
    private final TypeElement definition;
    private final String network;
    private final Optional<String> selected;
    private final List<String> passes = new ArrayList<>();

    /**
     * A dump of one network.
     *
     * @param network binary name of the definition
     * @param selected name of a pass, or {@link #ALL}; nothing is written if empty
     */
    public GraphDump(ModuleOutput output, TypeElement definition, String network, Optional<String> selected) {
        this.output = output;
        this.definition = definition;
        this.network = network;
        this.selected = selected;
    }

    @Override
    public void accept(String passName, String text) {
        passes.add(passName);
        if (selected.filter(name -> name.equals(ALL) || name.equals(passName)).isPresent()) {
            String path = String.format(
                    Locale.ROOT, "%s/%s/dump/%02d-%s.txt", ResourcePaths.ROOT, network, passes.size(), passName);
            output.writeResource(path, text.getBytes(StandardCharsets.UTF_8), definition);
        }
    }

    /** The passes so far, if a pass is selected and is not among them. */
    public Optional<List<String>> passesWithoutSelected() {
        return selected.filter(name -> !name.equals(ALL) && !passes.contains(name))
                .map(name -> List.copyOf(passes));
    }
}
