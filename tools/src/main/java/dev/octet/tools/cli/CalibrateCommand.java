package dev.octet.tools.cli;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.tools.Calibration;
import dev.octet.tools.TableInstall;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the calibration table of a network. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = "Measures the ranges of a network's values on example images, and writes its calibration table.")
final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NetworkOptions options;

    @Option(
            names = "--images",
            paramLabel = "FILE",
            required = true,
            description = "Images: an idx file or raw HWC bytes, compressed if the name ends in .gz.")
    private Path images;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            defaultValue = "entropy",
            description = "How ranges are chosen: entropy or naive (default: ${DEFAULT-VALUE}).")
    private String algorithm;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "500",
            description = "Most images to use, from the file's start (default: ${DEFAULT-VALUE}).")
    private int examples;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Calibration calibration =
                new Calibration(options.network(), options.weights(), Calibration.rule(algorithm), examples);
        CalibrationTable table = calibration.run(images, (done, most) -> {
            out.print("\r" + done + " images");
            out.flush();
        });
        Path file = TableInstall.source(options.sources(), table.network());
        TableInstall.save(table, file);
        out.println(" -> " + file);
        return 0;
    }
}
