package dev.octet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.kernel.CubinFile;
import dev.octet.plan.kernel.PtxFile;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFiles;
import dev.octet.testkit.DamagedCopies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every reader refuses damaged files with a diagnostic, or reads something that is right by itself. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedFilesTest {
    private static final int CASES = 2000;
    private static final String HASH = Sha256.hex("");

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void plans() throws Exception {
        byte[] file = PlanText.write(SamplePlans.plan());
        byte[] other = utf8(text(file).replace("b.conv", "c.conv").replace("sm_61", "sm_80"));
        DamagedCopies.of("PLAN", file, other).check(2 * CASES, 20, bytes -> {
            Plan plan = PlanText.read(bytes, "plan");
            byte[] written = PlanText.write(plan);
            assertThat(PlanText.read(written, "plan")).isEqualTo(plan);
            if (text(bytes).startsWith("octet-plan 1.0\n")) {
                assertThat(written).isEqualTo(bytes);
            }
            return true;
        });
    }

    @Test
    void graphs() throws Exception {
        byte[] folded = utf8(GraphText.print(SamplePlans.fp32()));
        byte[] laidOut = utf8(GraphText.print(SamplePlans.int8()));
        DamagedCopies.of("PLAN", folded, laidOut).check(2 * CASES, 20, bytes -> {
            Graph graph = GraphText.parse(text(bytes));
            assertThat(GraphText.parse(GraphText.print(graph))).isEqualTo(graph);
            assertThat(GraphText.topologyHash(graph)).hasSize(64);
            return true;
        });
    }

    @Test
    void calibrationTables() throws Exception {
        DamagedCopies.of("TABLE", table("com.acme.Net", 20), table("com.acme.Other", 3))
                .check(2 * CASES, 20, bytes -> {
                    CalibrationTable table = CalibrationTable.read(text(bytes), "table");
                    assertThat(CalibrationTable.read(table.write(), "table")).isEqualTo(table);
                    return true;
                });
    }

    private static byte[] table(String network, int values) {
        TreeMap<String, Float> ranges = new TreeMap<>();
        for (int i = 0; i < values; i++) {
            ranges.put("block" + i + ".relu", 0.1f * (i + 1));
        }
        return utf8(new CalibrationTable(network, HASH, HASH, "entropy", 500, ranges).write());
    }

    @Test
    void weightsFiles() throws Exception {
        DamagedCopies.of("WEIGHTS", WeightFiles.quantized().write()).check(CASES, 1, bytes -> {
            WeightFiles.requireSound(bytes);
            return true;
        });
    }

    /** The reader must not rely on the checksum alone. */
    @Test
    void weightsFilesWithACorrectChecksum() throws Exception {
        DamagedCopies.of("WEIGHTS", WeightFiles.quantized().write()).check(2 * CASES, 20, bytes -> {
            byte[] signed = bytes.clone();
            if (signed.length >= 32) {
                byte[] content = Arrays.copyOf(signed, signed.length - 32);
                System.arraycopy(HexFormat.of().parseHex(Sha256.hex(content)), 0, signed, content.length, 32);
            }
            WeightFiles.requireSound(signed);
            return true;
        });
    }

    @Test
    void safetensors(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("damaged.safetensors");
        DamagedCopies.of("WEIGHTS", WeightFiles.safetensors(), WeightFiles.halves())
                .check(2 * CASES, 20, bytes -> {
                    Files.write(path, bytes);
                    Safetensors file = Safetensors.open(path);
                    file.tensors().forEach((key, tensor) -> {
                        if (tensor.dtype().matches("F32|F16|BF16")) {
                            assertThat(file.read(key)).hasSize((int) tensor.elements());
                        }
                    });
                    return true;
                });
    }

    @Test
    void ptxFiles() throws Exception {
        byte[] file = new PtxFile(HASH, HASH, ".version 5.0\n.target sm_61\n.visible .entry k() { ret; }\n").write();
        byte[] other = new PtxFile(HASH, HASH, "// empty\n").write();
        DamagedCopies.of("NONE", file, other).check(CASES, 1, bytes -> {
            Optional<PtxFile> read = PtxFile.read(bytes);
            read.ifPresent(ptx -> assertThat(ptx.write()).isEqualTo(bytes));
            return read.isPresent();
        });
    }

    @Test
    void cubinFiles() throws Exception {
        byte[] elf = new byte[300];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0x33}, 0, elf, 0, 8);
        byte[] other = new CubinFile(HASH, HASH, new byte[0]).write();
        DamagedCopies.of("NONE", new CubinFile(HASH, HASH, elf).write(), other).check(CASES, 1, bytes -> {
            Optional<CubinFile> read = CubinFile.read(bytes);
            read.ifPresent(cubin -> assertThat(cubin.write()).isEqualTo(bytes));
            return read.isPresent();
        });
    }
}
