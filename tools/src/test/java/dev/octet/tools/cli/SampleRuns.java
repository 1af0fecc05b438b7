package dev.octet.tools.cli;

import dev.octet.tools.SampleModule;
import dev.octet.tools.TableInstall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A compiled, quantised and calibrated module on disk, of which a test damages one file. */
final class SampleRuns {
    static final int IMAGES = 12;
    static final int IMAGE_BYTES = 6 * 7;

    private final SampleModule module;
    private final Path images;
    private final Path labels;

    private SampleRuns(SampleModule module, Path images, Path labels) {
        this.module = module;
        this.images = images;
        this.labels = labels;
    }

    /** Makes the module below a new folder. */
    static SampleRuns in(Path folder) throws IOException {
        SampleModule module = SampleModule.in(Files.createTempDirectory(folder, "module"));
        byte[] noise = new byte[IMAGES * IMAGE_BYTES];
        new Random(5).nextBytes(noise);
        Path images = Files.write(Files.createTempFile(folder, "images", ".u8"), noise);
        Path labels = Files.write(Files.createTempFile(folder, "labels", ".u8"), new byte[IMAGES]);
        SampleRuns runs = new SampleRuns(module, images, labels);
        Command.on(module, "weights").success();
        runs.calibrate().success();
        return runs;
    }

    SampleModule module() {
        return module;
    }

    Path images() {
        return images;
    }

    Path labels() {
        return labels;
    }

    Path plan() {
        return module.network().planFile();
    }

    Path quantised() {
        return module.network().weightsFile();
    }

    Path table() {
        return TableInstall.source(module.sources(), SampleModule.NETWORK);
    }

    Command calibrate() {
        return Command.on(module, "calibrate", SampleModule.NETWORK, "--images", images.toString());
    }

    Command evaluate() {
        return Command.on(
                module,
                "evaluate",
                SampleModule.NETWORK,
                "--images",
                images.toString(),
                "--labels",
                labels.toString(),
                "--device",
                "cpu",
                "--calibration",
                table().toString());
    }

    Command printPlan() {
        return Command.on(module, "plan", SampleModule.NETWORK);
    }

    /** Replaces what a pattern finds in a text file. Throws {@link IllegalArgumentException} if it finds nothing. */
    static void edit(Path file, String pattern, String replacement) throws IOException {
        String text = Files.readString(file);
        String edited = text.replaceAll(pattern, replacement);
        if (edited.equals(text)) {
            throw new IllegalArgumentException(file + " has no " + pattern);
        }
        Files.writeString(file, edited);
    }

    /** Changes one byte of a file. */
    static void poke(Path file, int position, int value) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[position] = (byte) value;
        Files.write(file, bytes);
    }
}
