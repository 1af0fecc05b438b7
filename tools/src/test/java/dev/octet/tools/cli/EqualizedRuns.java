package dev.octet.tools.cli;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.plan.graph.Shape;
import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** A module of two layers, the first of which has a channel that is far larger than the other: equalised, its weights are others. */
record EqualizedRuns(SampleModule module, Path images) {
    /** Makes the module below a new folder, calibrates and equalises it. */
    static EqualizedRuns in(Path folder) throws IOException {
        NetworkDefinition definition = net -> net.output(
                "scores",
                net.input("image")
                        .conv2d("first", 2, kernel(1))
                        .relu()
                        .conv2d("second", 2, kernel(1))
                        .globalAvgPool()
                        .flatten());
        Path root = Files.createTempDirectory(folder, "module");
        SampleModule module = SampleModule.of(root, definition, Shape.of(1, 4, 4), Map.of("scores", Shape.of(2)));
        module.writeWeights(
                "{\"first.weight\":{\"dtype\":\"F32\",\"shape\":[2,1,1,1],\"data_offsets\":[0,8]},"
                        + "\"second.weight\":{\"dtype\":\"F32\",\"shape\":[2,2,1,1],\"data_offsets\":[8,24]}}",
                64,
                1,
                .01f,
                1,
                .02f,
                -1);
        byte[] noise = new byte[8 * 16];
        new Random(3).nextBytes(noise);
        EqualizedRuns runs = new EqualizedRuns(module, Files.write(root.resolve("images.u8"), noise));
        runs.withImages("calibrate").success();
        runs.withImages("correct", "--equalize", "--bias", "none").success();
        return runs;
    }

    /** Runs a command on the images. */
    Command withImages(String command, String... more) {
        String[] words = new String[4 + more.length];
        System.arraycopy(new String[] {command, SampleModule.NETWORK, "--images", images.toString()}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        return Command.on(module, words);
    }

    /** Exports the table as a cache of TensorRT. */
    Command exportCache(Path file) {
        return Command.on(module, "export-cache", SampleModule.NETWORK, "--tensorrt", file.toString());
    }
}
