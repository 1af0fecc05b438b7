package dev.octet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFiles;
import dev.octet.testkit.Mutator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every reader refuses damaged files with a diagnostic, or reads something that is right by itself. */
@Timeout(120)
class DamagedFilesTest {
    private static final int MUTATIONS = 2000;
    private static final long SEED = 20_260_101;

    /** Calls a reader with damaged copies; both outcomes must occur, else the test shows nothing. */
    private static void damage(byte[] file, Consumer<byte[]> read) {
        Mutator mutator = new Mutator(SEED);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = mutator.mutate(file);
            try {
                read.accept(damaged);
            } catch (OctetException e) {
                assertThat(e).as("mutation %d of seed %d", i, SEED).hasMessageStartingWith("[OCTET-");
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutation " + i + " of seed " + SEED, e);
            }
        }
        assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS - 1);
    }

    @Test
    void plans() {
        byte[] file = PlanText.write(SamplePlans.plan());
        damage(file, bytes -> {
            Plan plan = PlanText.read(bytes, "plan");
            byte[] written = PlanText.write(plan);
            assertThat(PlanText.read(written, "plan")).isEqualTo(plan);
            if (new String(bytes, StandardCharsets.UTF_8).startsWith("octet-plan 1.0\n")) {
                assertThat(written).isEqualTo(bytes);
            }
        });
    }

    @Test
    void calibrationTables() {
        TreeMap<String, Float> ranges = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            ranges.put("block" + i + ".relu", 0.1f * (i + 1));
        }
        String hash = Sha256.hex(new byte[0]);
        byte[] file = new CalibrationTable("com.acme.Net", hash, hash, "entropy", 500, ranges)
                .write()
                .getBytes(StandardCharsets.UTF_8);
        damage(file, bytes -> {
            CalibrationTable table = CalibrationTable.read(new String(bytes, StandardCharsets.UTF_8), "table");
            assertThat(CalibrationTable.read(table.write(), "table")).isEqualTo(table);
        });
    }

    @Test
    void weightsFiles() {
        damage(WeightFiles.quantized().write(), WeightFiles::requireSound);
    }

    /** The reader must not rely on the checksum alone. */
    @Test
    void weightsFilesWithACorrectChecksum() {
        damage(WeightFiles.quantized().write(), bytes -> {
            byte[] signed = bytes.clone();
            if (signed.length >= 32) {
                byte[] content = Arrays.copyOf(signed, signed.length - 32);
                System.arraycopy(HexFormat.of().parseHex(Sha256.hex(content)), 0, signed, content.length, 32);
            }
            WeightFiles.requireSound(signed);
        });
    }

    @Test
    void safetensors(@TempDir Path folder) {
        Path path = folder.resolve("damaged.safetensors");
        damage(WeightFiles.safetensors(), bytes -> {
            Safetensors file = Safetensors.open(written(path, bytes));
            file.tensors().forEach((key, tensor) -> {
                if (tensor.dtype().equals("F32")) {
                    assertThat(file.read(key)).hasSize((int) tensor.elements());
                }
            });
        });
    }

    private static Path written(Path path, byte[] bytes) {
        try {
            return Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
