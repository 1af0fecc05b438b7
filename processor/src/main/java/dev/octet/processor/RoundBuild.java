package dev.octet.processor;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.Trees;
import dev.octet.plan.diag.OctetException;
import dev.octet.processor.emit.ModuleOutput;
import dev.octet.processor.host.NestedClasses;
import dev.octet.processor.host.NestedCompiler;
import dev.octet.processor.report.Failure;
import dev.octet.processor.report.Reporter;
import dev.octet.processor.report.UnlessJavacFails;
import dev.octet.toolchain.PtxBuild;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/**
 * Builds the definitions of a round. They are compiled together, since they may use each other's typed classes. Whatever
 * fails, each gets its typed class, so that one mistake is one message.
 */
final class RoundBuild {
    /** What typed classes are compiled against. */
    private static final String RUNTIME = "dev.octet.runtime.Network";

    private final ProcessingEnvironment environment;
    private final Optional<Trees> trees;
    private final Reporter reporter;
    private final ModuleOutput output;
    private final OptionsOfModule options;

    RoundBuild(ProcessingEnvironment environment) {
        this.environment = environment;
        this.trees = JavacTrees.of(environment);
        this.reporter = new Reporter(environment.getMessager(), trees);
        this.output = new ModuleOutput(environment.getFiler());
        this.options = new OptionsOfModule(environment.getOptions(), reporter);
    }

    void run(List<TypeElement> definitions) {
        if (guarded(definitions.get(0), () -> requireSurroundings(definitions.get(0)))
                .isEmpty()) {
            return;
        }
        List<PendingNetwork> networks = definitions.stream().map(this::read).toList();
        Function<PendingNetwork, String> hash = network -> "";
        if (trees.isEmpty()) {
            definitions.forEach(definition -> reporter.note(HostCode.NOT_JAVAC.message(definition.getSimpleName())));
        } else {
            Optional<NetworkBuild> build = prepare(networks, trees.get());
            hash = network -> build.map(b -> hash(b, network)).orElse("");
        }
        for (PendingNetwork network : networks) {
            write(network, hash.apply(network));
        }
    }

    /** Refuses what no typed class could be written or compiled in. */
    private TypeElement requireSurroundings(TypeElement definition) {
        if (environment.getElementUtils().getTypeElement(RUNTIME) == null) {
            String name = new DefinitionClass(environment, definition).facade().className();
            throw new Failure(HostCode.NO_RUNTIME, name);
        }
        if (trees.isPresent()) {
            output.requireClassFolder();
        }
        return definition;
    }

    /** Compiles the kernels of all rounds to PTX, if that is wanted. */
    void finish() {
        try {
            Optional<PtxBuild> ptx =
                    options.get().flatMap(ProcessorOptions::ptx).map(PtxBuild::new);
            if (ptx.isPresent()) {
                output.root().map(ptx.get()::run).ifPresent(this::report);
            }
        } catch (Failure | OctetException e) {
            reporter.error(e.getMessage());
        }
    }

    private void report(PtxBuild.Result result) {
        result.warnings().forEach(reporter::warning);
    }

    private PendingNetwork read(TypeElement definition) {
        DefinitionClass definitionClass = new DefinitionClass(environment, definition);
        Optional<Optional<Contract>> contract = guarded(definition, () -> {
            definitionClass.requireRunnable();
            if (trees.isPresent() && trees.get().getPath(definition) == null) {
                throw new Failure(HostCode.NO_SOURCE, definition.getQualifiedName());
            }
            return ContractReader.read(definition);
        });
        return new PendingNetwork(definition, definitionClass.facade(), contract.flatMap(known -> known));
    }

    /** Checks what concerns all networks and compiles those with a contract; empty if there is nothing to build with. */
    private Optional<NetworkBuild> prepare(List<PendingNetwork> networks, Trees trees) {
        List<PendingNetwork> sound = networks.stream()
                .filter(network -> network.contract().isPresent())
                .toList();
        if (sound.isEmpty()) {
            return Optional.empty();
        }
        Optional<ProcessorOptions> valid = options.get();
        if (valid.isEmpty()) {
            return Optional.empty();
        }
        TypeElement first = sound.get(0).definition();
        return guarded(first, () -> {
                    DslVersionCheck.check(environment.getElementUtils());
                    return compile(sound, trees);
                })
                .flatMap(classes -> classes)
                .map(classes -> new NetworkBuild(valid.get(), trees, classes, output, reporter));
    }

    private Optional<NestedClasses> compile(List<PendingNetwork> networks, Trees trees) {
        List<TypeElement> definitions =
                networks.stream().map(PendingNetwork::definition).toList();
        Map<String, String> facades = new TreeMap<>();
        networks.forEach(network -> facades.put(network.facade().binaryName(), text(network, "")));
        try {
            return Optional.of(new NestedCompiler(environment, trees).compile(definitions, facades));
        } catch (Failure failure) {
            TypeElement first = definitions.get(0);
            CompilationUnitTree home = trees.getPath(first).getCompilationUnit();
            UnlessJavacFails.report(environment, reporter, first, home, failure);
            return Optional.empty();
        }
    }

    private String hash(NetworkBuild build, PendingNetwork network) {
        if (network.contract().isEmpty()) {
            return "";
        }
        return guarded(network.definition(), () -> build.build(network)).orElse("");
    }

    private void write(PendingNetwork network, String hash) {
        guarded(network.definition(), () -> {
            output.writeClass(network.facade().binaryName(), text(network, hash), network.definition());
            return network;
        });
    }

    private static String text(PendingNetwork network, String hash) {
        return FacadeText.of(network.facade(), network.contract(), hash);
    }

    /** Does a step and reports, once, why it failed; empty if it did. */
    private <T> Optional<T> guarded(TypeElement definition, Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (Failure failure) {
            reporter.error(definition, failure);
        } catch (RuntimeException e) {
            reporter.error(definition, InternalFailure.of(definition, e));
        }
        return Optional.empty();
    }
}
