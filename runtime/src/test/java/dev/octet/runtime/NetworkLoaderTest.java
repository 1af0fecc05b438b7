package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.PlanCode;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.TableCode;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.WeightsCode;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.diag.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing, damaged or foreign is refused with a code and a remedy. */
class NetworkLoaderTest {
    private static final Options CPU = Options.onDevice("cpu");

    @TempDir
    Path folder;

    private SampleNetwork sample;
    private Path weights;
    private CalibrationTable table;

    @BeforeEach
    void build() {
        sample = new SampleNetwork(SmallDefinition.plan(2), folder).writePlan();
        weights = TensorFile.write(sample.plan().fp32(), 3, folder.resolve("small.safetensors"));
        table = Calibrator.of(sample.spec(), weights).run(Stream.of(new byte[3 * 12 * 11], image()));
        sample.writeWeights(weights).writeTable(table);
    }

    private static byte[] image() {
        byte[] image = new byte[3 * 12 * 11];
        new java.util.Random(1).nextBytes(image);
        return image;
    }

    private Path file(String resource) {
        return folder.resolve(resource);
    }

    private void fails(DiagnosticCode code, String part) {
        fails(CPU, code, part);
    }

    private void fails(Options options, DiagnosticCode code, String part) {
        assertThatThrownBy(() -> Network.open(sample.spec(), options).close())
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(part);
    }

    @Test
    void aMissingResourceNamesWhatMakesIt() throws IOException {
        Files.delete(file(ResourcePaths.calibration(SampleNetwork.NAME)));
        fails(
                RuntimeCode.NO_CALIBRATION,
                "'mvn compile octet:calibrate -Doctet.network=com.acme.Sample -Doctet.images=");
        fails(RuntimeCode.NO_CALIBRATION, "dev.octet.runtime.Calibrator");
        Files.delete(file(ResourcePaths.weights(SampleNetwork.NAME)));
        fails(RuntimeCode.NO_WEIGHTS, "octet:weights");
        fails(RuntimeCode.NO_WEIGHTS, "run 'mvn process-classes'");
        Files.delete(file(ResourcePaths.plan(SampleNetwork.NAME)));
        fails(RuntimeCode.NO_PLAN, "META-INF/octet/com.acme.Sample/plan");
    }

    @Test
    void aPinnedPlanMustBeThatPlan() throws IOException {
        String hash = PlanText.hash(Files.readAllBytes(file(ResourcePaths.plan(SampleNetwork.NAME))));
        Network.open(sample.spec(hash), CPU).close();
        String other = "0".repeat(64);
        assertThatThrownBy(() -> Network.open(sample.spec(other), CPU))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(PlanCode.FOREIGN));
    }

    @Test
    void damageIsFound() throws IOException {
        Path bin = file(ResourcePaths.weights(SampleNetwork.NAME));
        byte[] bytes = Files.readAllBytes(bin);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bin, bytes);
        fails(WeightsCode.DAMAGED, "weights.bin");
        sample.writeWeights(weights);
        Path text = file(ResourcePaths.calibration(SampleNetwork.NAME));
        Files.writeString(text, Files.readString(text).replace("algorithm", "alchemy"));
        fails(TableCode.MALFORMED, "calibration");
        Files.write(file(ResourcePaths.plan(SampleNetwork.NAME)), new byte[100]);
        fails(PlanCode.MALFORMED, "plan");
    }

    /** As after an update of the compiler that quantises more layers than before. */
    @Test
    void weightsThatLackALayerAreRefused() throws IOException {
        Path bin = file(ResourcePaths.weights(SampleNetwork.NAME));
        WeightsFile right = WeightsFile.read(Files.readAllBytes(bin), "weights.bin");
        String last = right.layers().lastKey();
        Files.write(
                bin,
                new WeightsFile(
                                right.graphHash(),
                                right.weightsHash(),
                                right.layers().headMap(last))
                        .write());
        fails(WeightsCode.DAMAGED, "no layer '" + last + "'");
    }

    @Test
    void weightsAndTablesOfOthersAreRefused() throws IOException {
        SampleNetwork other = new SampleNetwork(
                SampleNetwork.compile(
                        new RandomDefinition(5),
                        2,
                        SampleNetwork.image(3, 12, 11),
                        new dev.octet.plan.Port(
                                "logits", dev.octet.plan.graph.Shape.of(10), java.util.Optional.empty())),
                folder);
        Path foreign = TensorFile.write(other.plan().fp32(), 4, folder.resolve("other.safetensors"));
        other.writeWeights(foreign);
        fails(RuntimeCode.FOREIGN_WEIGHTS, "octet:weights");
        Path newer = TensorFile.write(sample.plan().fp32(), 99, folder.resolve("newer.safetensors"));
        sample.writeWeights(newer);
        fails(TableCode.OTHER_WEIGHTS, "Calibrate again");
        fails(CPU.weights(newer), TableCode.OTHER_WEIGHTS, "Calibrate again");
        Network.open(sample.spec(), CPU.weights(weights)).close();
    }

    @Test
    void aTableFromAFileReplacesTheResource() throws IOException {
        Files.delete(file(ResourcePaths.calibration(SampleNetwork.NAME)));
        Path text = folder.resolve("my.calibration");
        fails(CPU.calibration(text), RuntimeCode.UNREADABLE, "my.calibration");
        Files.writeString(text, table.write());
        Network.open(sample.spec(), CPU.calibration(text)).close();
    }

    @Test
    void floatsNeedTheirWeightsAndTheCpu() {
        fails(CPU.precision(Precision.FP32), RuntimeCode.NO_FLOAT_WEIGHTS, "Options.weights");
        Network.open(
                        sample.spec(),
                        Options.onDevice("best").precision(Precision.FP32).weights(weights))
                .close();
        fails(Options.onDevice("warp:9"), RuntimeCode.NO_DEVICE, "warp:9");
    }

    /** A device that only counts how often it was closed, and refuses every network. */
    private static final class RefusingDevice extends OneDevice {
        RefusingDevice() {
            super("gpu:0", "refuses", 1);
        }

        @Override
        public DeviceNetwork load(NetworkImage image) {
            throw new IllegalStateException("refused " + image.plan().network());
        }
    }

    @Test
    void aDeviceThatCannotLoadIsClosed() {
        RefusingDevice device = new RefusingDevice();
        Devices devices = Devices.probe(List.<DeviceProvider>of(device).iterator());
        Options gpu = Options.onDevice("gpu:0");
        assertThatThrownBy(() -> new NetworkLoader(sample.spec(), gpu).open(devices))
                .hasMessage("refused com.acme.Sample");
        assertThat(device.closed).isEqualTo(1);
        Options floats = gpu.precision(Precision.FP32).weights(weights);
        assertThatThrownBy(() -> new NetworkLoader(sample.spec(), floats).open(devices))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.NO_FLOATS));
        assertThat(device.closed).isEqualTo(2);
    }
}
