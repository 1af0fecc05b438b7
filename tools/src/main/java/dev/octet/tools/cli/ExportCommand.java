package dev.octet.tools.cli;

import dev.octet.tools.export.Flavour;
import dev.octet.tools.export.OnnxExport;
import dev.octet.tools.export.QdqModel;
import dev.octet.tools.export.QdqOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a calibrated network as an ONNX file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes a calibrated network as an ONNX file of quantised operators.")
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The ONNX file to write.")
    private Path model;

    @Option(
            names = "--flavour",
            paramLabel = "NAME",
            required = true,
            description = "Runtime that the model is for: ort or tensorrt.")
    private String flavour;

    @Option(
            names = "--pixels",
            description = "Images are bytes [N,H,W,C], prepared by the model, not prepared floats [N,C,H,W].")
    private boolean pixels;

    @Option(names = "--replace", description = "Replace a file that has other content.")
    private boolean replace;

    @Override
    public Integer call() {
        QdqOptions how = new QdqOptions(Flavour.named(flavour), pixels);
        QdqModel written = new OnnxExport(model, how, replace).run(options.network(), options.sources());
        PrintWriter out = spec.commandLine().getOut();
        out.println(options.network().name() + " -> " + model + ": " + written.nodes() + " nodes");
        out.flush();
        return 0;
    }
}
