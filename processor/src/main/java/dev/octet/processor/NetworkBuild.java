package dev.octet.processor;

import com.sun.source.util.Trees;
import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.OctetCompiler;
import dev.octet.compiler.schedule.TuningCoverage;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.text.GraphText;
import dev.octet.processor.emit.GraphDump;
import dev.octet.processor.emit.ModuleOutput;
import dev.octet.processor.host.DefinitionRun;
import dev.octet.processor.host.NestedClasses;
import dev.octet.processor.report.Failure;
import dev.octet.processor.report.Place;
import dev.octet.processor.report.Reporter;
import dev.octet.processor.weights.PrecisionFile;
import dev.octet.processor.weights.WeightsCheck;
import dev.octet.processor.weights.WeightsFolder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** From one compiled definition to its plan and kernels: trace, compare with the weights, compile, write. */
final class NetworkBuild {
    private final ProcessorOptions options;
    private final Trees trees;
    private final NestedClasses classes;
    private final ModuleOutput output;
    private final Reporter reporter;

    NetworkBuild(ProcessorOptions options, Trees trees, NestedClasses classes, ModuleOutput output, Reporter reporter) {
        this.options = options;
        this.trees = trees;
        this.classes = classes;
        this.output = output;
        this.reporter = reporter;
    }

    /** Builds a network and returns its plan's hash; a {@link Failure} is the one thing to report. */
    String build(PendingNetwork network) {
        long start = System.nanoTime();
        Contract contract = network.contract().orElseThrow();
        TypeElement definition = network.definition();
        TracedNetwork trace = new DefinitionRun(classes, options.timeout())
                .trace(
                        network.facade().definition(),
                        Contract.shapes(contract.inputs()),
                        Contract.shapes(contract.outputs()));
        try {
            WeightsCheck weights = weights(network, contract);
            weights.check(trace, classes);
            PrecisionFile precision = precision(network);
            TuningFile tuning = TuningFile.of(options.tuning());
            Compilation compilation = compile(network, contract, trace, precision, tuning.log());
            String graph = GraphText.topologyHash(compilation.plan().fp32());
            precision.table().ifPresent(table -> table.checkGraph(graph));
            String hash = output.write(
                    compilation,
                    contract.weights().text(),
                    precision.text(),
                    TuningCoverage.decided(compilation.plan(), tuning.log()),
                    classes.sources(),
                    definition);
            weights.unused(trace, classes).forEach(warning -> reporter.warning(definition, warning));
            reporter.note(Summary.of(network, compilation, System.nanoTime() - start));
            tuning.notes(definition.getSimpleName().toString(), compilation).forEach(reporter::note);
            return hash;
        } catch (OctetException e) {
            throw new Failure(Optional.empty(), e.getMessage());
        }
    }

    private WeightsCheck weights(PendingNetwork network, Contract contract) {
        return WeightsCheck.of(new WeightsFolder(options.dir())
                .find(contract.weights(), source(network), network.facade().packageName()));
    }

    private PrecisionFile precision(PendingNetwork network) {
        String name = network.facade().definition() + ".precision";
        return PrecisionFile.of(new WeightsFolder(options.dir())
                .find(name, source(network), network.facade().packageName()));
    }

    private URI source(PendingNetwork network) {
        return trees.getPath(network.definition())
                .getCompilationUnit()
                .getSourceFile()
                .toUri();
    }

    private Compilation compile(
            PendingNetwork network, Contract contract, TracedNetwork trace, PrecisionFile precision, TuningLog tuning) {
        String name = network.facade().definition();
        GraphDump dump = new GraphDump(output, network.definition(), name, options.dump());
        CompileRequest request = new CompileRequest(
                name,
                contract.inputs(),
                contract.outputs(),
                contract.targets(),
                contract.maxBatch(),
                trace,
                precision.names(name, trace.names()),
                options.floats(),
                tuning);
        try {
            Compilation compilation = OctetCompiler.compile(request, new CudaWriter(), dump);
            dump.passesWithoutSelected().ifPresent(this::refuseDump);
            return compilation;
        } catch (CompileException e) {
            throw new Failure(e.line().flatMap(this::place), e.getMessage());
        }
    }

    private void refuseDump(List<String> passes) {
        throw ProcessorOptions.wrong(
                ProcessorOptions.DUMP, options.dump().orElseThrow(), "all or one of " + String.join(", ", passes));
    }

    private Optional<Place> place(SourceLine line) {
        return classes.place(line.className(), line.line(), Optional.empty());
    }
}
