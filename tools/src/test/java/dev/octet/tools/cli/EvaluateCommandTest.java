package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.tools.SampleModule;
import dev.octet.tools.images.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir
    private Path root;

    private static Command evaluate(SampleRuns runs, Path images, String... more) {
        List<String> words = new ArrayList<>(
                List.of("evaluate", SampleModule.NETWORK, "--images", images.toString(), "--device", "cpu"));
        words.addAll(List.of(more));
        if (!words.contains("--calibration")) {
            words.addAll(List.of("--calibration", runs.table().toString()));
        }
        return Command.on(runs.module(), words.toArray(String[]::new));
    }

    private static SampleRuns calibrated(Path root, Path images) throws IOException {
        SampleRuns runs = SampleRuns.in(root);
        Command.on(runs.module(), "calibrate", SampleModule.NETWORK, "--images", images.toString())
                .success();
        return runs;
    }

    /** The same pictures as a folder, an archive and raw bytes have the same table and the same results. */
    @Test
    void placesOfTheSameImagesHaveTheSameResults() throws IOException {
        Path folder =
                Places.folder(root.resolve("p"), "0/a.png", "1/a.png", "2/a.png", "2/b.png", "3/a.png", "4/a.png");
        Map<String, byte[]> entries = new TreeMap<>();
        java.io.ByteArrayOutputStream raw = new java.io.ByteArrayOutputStream();
        int seed = 0;
        for (String name : List.of("0/a.png", "1/a.png", "2/a.png", "2/b.png", "3/a.png", "4/a.png")) {
            byte[] png = Places.png(7, 6, seed++);
            entries.put(name, png);
            var decoded = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(png))
                    .getRaster();
            for (int i = 0; i < 42; i++) {
                raw.write(decoded.getSample(i % 7, i / 7, 0));
            }
        }
        Path zip = Files.write(root.resolve("p.zip"), Places.zip(entries));
        Path bytes = Files.write(root.resolve("p.u8"), raw.toByteArray());
        Path array = Files.write(root.resolve("p.npy"), Places.npy("|u1", "6, 6, 7", raw.toByteArray()));
        Path classes = Files.write(root.resolve("classes.u8"), new byte[] {0, 1, 2, 2, 3, 4});

        SampleRuns runs = calibrated(root, folder);
        String table = Files.readString(runs.table());
        List<String> results = new ArrayList<>();
        for (Path place : List.of(folder, zip, bytes, array)) {
            Command.on(runs.module(), "calibrate", SampleModule.NETWORK, "--images", place.toString())
                    .success();
            assertThat(Files.readString(runs.table())).as("%s", place).isEqualTo(table);
            Path json = root.resolve("result.json");
            boolean tells = place == folder || place == zip;
            String[] more = tells
                    ? new String[] {"--json", json.toString()}
                    : new String[] {"--json", json.toString(), "--labels", classes.toString()};
            evaluate(runs, place, more).success();
            results.add(Files.readString(json).replaceAll("\"imagesPerSecond\": [0-9.]+", ""));
        }
        assertThat(results).containsOnly(results.get(0));
        assertThat(results.get(0))
                .contains(
                        "\"format\": \"octet-evaluation 1.0\"",
                        "\"network\": \"com.acme.Sample\"",
                        "\"images\": 6,",
                        "\"top5\": 1.000000",
                        "\"difference\": {\"top1\": ");
    }

    @Test
    void anAgreementNeedsNoClasses() throws IOException {
        Path folder = Places.folder(root.resolve("p"), "a.png", "b.png");
        SampleRuns runs = calibrated(root, folder);
        Path json = root.resolve("result.json");
        String text = evaluate(runs, folder, "--json", json.toString(), "--layer-images", "2", "--min-agreement", "1")
                .success();
        assertThat(text).contains("agreement with FP32").doesNotContain("top-1");
        assertThat(json).content().contains("\"layers\": [", "{\"value\": \"conv.relu\", \"operator\": \"Conv2d\"");
        assertThat(evaluate(runs, folder, "--max-drop", "1").failure()).contains("[OCTET-BUILD-051]");
    }

    /** The sample says one class of all, so that the other classes are wrong. */
    @Test
    void aThresholdThatIsMissedFails() throws IOException {
        Path folder = Places.folder(root.resolve("p"), "0/a.png", "1/a.png", "2/a.png", "3/a.png", "4/a.png");
        SampleRuns runs = calibrated(root, folder);
        Path json = root.resolve("result.json");
        Command missed = evaluate(runs, folder, "--min-top1", "99", "--json", json.toString());
        assertThat(missed.failure())
                .contains("[OCTET-BUILD-052] INT8 of com.acme.Sample on cpu is not good enough on 5 images: top-1 is ")
                .contains("less than 99.0 % (FP32: ")
                .contains("FP32 misses it too: check that the network's classes have the order of the folders' names");
        assertThat(json).exists();
        assertThat(missed.out()).contains("top-1");
        evaluate(runs, folder, "--min-top1", "0", "--max-drop", "100").success();
        assertThat(evaluate(runs, folder, "--max-drop", "NaN").failure()).contains("[OCTET-BUILD-050]");
    }

    @Test
    void someOfTheImagesAreEnough() throws IOException {
        Path folder = Places.folder(root.resolve("p"), "0/a.png", "1/a.png", "2/a.png", "3/a.png", "4/a.png");
        SampleRuns runs = calibrated(root, folder);
        Path json = root.resolve("result.json");
        evaluate(runs, folder, "--examples", "3", "--seed", "5", "--json", json.toString())
                .success();
        assertThat(json).content().contains("\"images\": 3,");
    }

    /** The table that is named is that of the layers, too: with ranges of half of all elements, there is more noise. */
    @Test
    void layersAreComparedWithTheTableThatTheNetworkRunsWith() throws IOException {
        Path folder = Places.folder(root.resolve("p"), "a.png", "b.png");
        SampleRuns runs = calibrated(root, folder);
        Path json = root.resolve("result.json");
        evaluate(runs, folder, "--json", json.toString(), "--layer-images", "2").success();
        String own = snr(json);

        Path kept = Files.copy(runs.table(), root.resolve("kept.calibration"));
        String images = folder.toString();
        Command.on(runs.module(), "calibrate", SampleModule.NETWORK, "--images", images, "--mode", "percentile-50")
                .success();
        evaluate(runs, folder, "--json", json.toString(), "--layer-images", "2").success();
        assertThat(snr(json)).isNotEqualTo(own);

        evaluate(runs, folder, "--json", json.toString(), "--layer-images", "2", "--calibration", kept.toString())
                .success();
        assertThat(snr(json)).isEqualTo(own);
    }

    private static String snr(Path json) throws IOException {
        return Files.readAllLines(json).stream()
                .filter(line -> line.contains("\"conv.relu\""))
                .map(line -> line.replaceAll(".*(\"snr\": [-0-9.]+).*", "$1"))
                .findFirst()
                .orElseThrow();
    }
}
