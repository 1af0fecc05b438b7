package dev.octet.tools.cli;

import dev.octet.tools.onnx.ImageOption;
import dev.octet.tools.onnx.ImportOptions;
import dev.octet.tools.onnx.OnnxImport;
import dev.octet.tools.onnx.OptionText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the definition and the weights of an ONNX model. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Writes a definition class and its weights from an ONNX model.")
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "The ONNX file, FP32, of operators of version 9 to 21.")
    private Path model;

    @Parameters(index = "1", paramLabel = "CLASS", description = "Name of the class, such as com.acme.Fashion.")
    private String className;

    @Option(
            names = "--sources",
            paramLabel = "DIR",
            defaultValue = "src/main/java",
            description = "Folder of Java sources (default: ${DEFAULT-VALUE}).")
    private Path sources;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "src/main/octet",
            description = "Folder of the safetensors file (default: ${DEFAULT-VALUE}).")
    private Path weights;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            defaultValue = "",
            description = "Shape of one input where the model leaves it open: 3x224x224, or photo=3x64x64;meta=8.")
    private String shape;

    @Option(
            names = "--image",
            paramLabel = "ORDER",
            description =
                    "The input takes bytes of an image, not floats, its channels in this order: GRAY, RGB or BGR.")
    private Optional<String> order;

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Factor of an image's bytes, such as 1/255 (default: ${DEFAULT-VALUE}).")
    private String scale;

    @Option(
            names = "--mean",
            paramLabel = "NUMBERS",
            defaultValue = "",
            description = "Subtracted from scaled bytes, one for each channel: .485,.456,.406.")
    private String mean;

    @Option(
            names = "--std",
            paramLabel = "NUMBERS",
            defaultValue = "",
            description = "Divisors after that, one for each channel: .229,.224,.225.")
    private String std;

    @Option(
            names = "--resize",
            paramLabel = "PIXELS",
            defaultValue = "0",
            description = "Shorter side that image files are scaled to before their centre is cut out, such as 256"
                    + " (default: so that they cover the shape).")
    private int resize;

    @Option(
            names = "--max-batch",
            paramLabel = "N",
            defaultValue = "32",
            converter = PositiveInteger.class,
            description = "Largest number of images of a run (default: ${DEFAULT-VALUE}).")
    private int maxBatch;

    @Option(names = "--replace", description = "Replace files that have other content.")
    private boolean replace;

    @Override
    public Integer call() {
        Optional<ImageOption> image = ImageOption.of(order.orElse(""), scale, mean, std, resize);
        OnnxImport.Result result = OnnxImport.run(new ImportOptions(
                model, className, sources, weights, OptionText.shapes(shape), image, maxBatch, replace));
        PrintWriter out = spec.commandLine().getOut();
        result.lines(Path::toString).forEach(out::println);
        out.flush();
        return 0;
    }
}
