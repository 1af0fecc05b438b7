package dev.octet.examples.fashion;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.Devices;
import dev.octet.runtime.Options;
import dev.octet.runtime.Precision;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.EvaluationTable;
import dev.octet.tools.Predictions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/** Calibrates the example's network in two ways and compares INT8 with FP32 on 1,000 test images. */
public final class FashionExample {
    private static final int BATCH = 100;
    private static final int EXAMPLES_PER_REPORT = 100;
    /** All but the last let the JVM compile what the last measures. */
    private static final int PASSES = 6;

    private final ProjectFiles files;
    private final FashionData data;
    private final PrintStream out;

    FashionExample(Path project, PrintStream out) {
        this.files = new ProjectFiles(project);
        this.data = FashionData.read(files.data());
        this.out = out;
    }

    /**
     * Runs the example.
     *
     * @param arguments folder of the example's Maven project; by default the current folder
     */
    public static void main(String[] arguments) throws IOException {
        new FashionExample(Path.of(arguments.length == 0 ? "" : arguments[0]), System.out).run();
    }

    private void run() throws IOException {
        out.println("Octet on Fashion-MNIST: a residual network of 10 layers, 28x28 grey images, 10 classes");
        out.println();
        String device = chooseDevice();
        out.println();
        out.println("Calibration on " + data.calibration().size() + " training images, on the CPU in FP32:");
        Path naive = calibrate(RangeRule.naive());
        Path entropy = calibrate(RangeRule.entropy());
        out.println();
        evaluate(device, naive, entropy);
        out.println();
        files.print(out);
    }

    /** The device that is best for the network: a GPU only if the build made kernels for it. */
    private String chooseDevice() {
        Devices devices = Devices.probe();
        out.println("Devices, the preferred first:");
        devices.list().forEach(device -> out.println("  " + device.name() + ": " + device.description()));
        devices.missing().forEach(reason -> out.println("  " + reason));
        try (FashionNetwork network = FashionNetwork.open(Options.onDevice(Devices.BEST))) {
            String best = network.network().device().name();
            out.println("INT8 runs on " + best + ", FP32 on cpu. How: "
                    + network.network().description() + ".");
            return best;
        }
    }

    private Path calibrate(RangeRule rule) throws IOException {
        out.printf("  %-8s", rule.name());
        CalibrationTable table = Calibrator.of(FashionNetwork.spec(), files.weights())
                .mode(rule)
                .examples(data.calibration().size())
                .progress(this::showProgress)
                .run(IntStream.range(0, data.calibration().size()).mapToObj(data.calibration()::get));
        Path file = files.freshTable(rule.name());
        Files.writeString(file, table.write());
        out.println(" images -> " + files.display(file));
        return file;
    }

    private void showProgress(int done, int most) {
        if (done == most || done % EXAMPLES_PER_REPORT == 0) {
            out.print(" " + done);
            out.flush();
        }
    }

    private void evaluate(String device, Path naive, Path entropy) {
        out.println("The first " + data.test().size() + " test images, batches of " + BATCH + ", last of " + PASSES
                + " passes:");
        Predictions reference =
                predict(Options.onDevice("cpu").precision(Precision.FP32).weights(files.weights()));
        Options quantised = Options.onDevice(device);
        EvaluationTable table = new EvaluationTable(Optional.of(data.labels().labels()), reference, false);
        table.add("FP32", "cpu", reference);
        table.add("INT8 naive", device, predict(quantised.calibration(naive)));
        table.add("INT8 entropy", device, predict(quantised.calibration(entropy)));
        out.print(table.text());
    }

    private Predictions predict(Options options) {
        try (FashionNetwork network = FashionNetwork.open(options)) {
            Predictions last = null;
            for (int pass = 0; pass < PASSES; pass++) {
                last = Predictions.of(network::runBatch, data.test(), FashionNetwork.OUTPUT_SIZE, BATCH, done -> {});
            }
            return last;
        }
    }
}
