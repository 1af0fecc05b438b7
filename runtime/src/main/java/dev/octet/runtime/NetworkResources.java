package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.PlanCode;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.correct.Corrections;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.BoundedInput;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.CubinFile;
import dev.octet.plan.kernel.PtxFile;
import dev.octet.plan.launch.Step;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.diag.RuntimeCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what the build left on the class path for a network. */
final class NetworkResources implements NetworkImage.Kernels {
    private static final int MAX_TEXT = 64 << 20;
    private static final int MAX_KERNEL = 64 << 20;
    private static final int MAX_WEIGHTS = Integer.MAX_VALUE - 8;

    private final NetworkSpec spec;

    NetworkResources(NetworkSpec spec) {
        this.spec = spec;
    }

    /** The plan; must be the one that the generated class was made with. */
    Plan plan() {
        String path = ResourcePaths.plan(spec.network());
        byte[] bytes = require(path, MAX_TEXT, RuntimeCode.NO_PLAN);
        String hash = PlanText.hash(bytes);
        if (!spec.planHash().isEmpty() && !spec.planHash().equals(hash)) {
            throw new OctetException(PlanCode.FOREIGN, spec.network(), hash, spec.planHash());
        }
        return PlanText.read(bytes, path);
    }

    /** The float program; empty if the build was not asked for one. */
    Optional<Plan> floats() {
        String path = ResourcePaths.floats(spec.network());
        return find(path, MAX_TEXT).map(bytes -> PlanText.read(bytes, path));
    }

    /** The quantised weights. */
    WeightsFile weights() {
        String path = ResourcePaths.weights(spec.network());
        return WeightsFile.read(require(path, MAX_WEIGHTS, RuntimeCode.NO_WEIGHTS), path);
    }

    /** The calibration table. */
    CalibrationTable calibration() {
        String path = ResourcePaths.calibration(spec.network());
        byte[] bytes = require(path, MAX_TEXT, RuntimeCode.NO_CALIBRATION);
        return CalibrationTable.read(new String(bytes, StandardCharsets.UTF_8), path);
    }

    /** The corrections of the weights; empty if the build had none. */
    Optional<Corrections> corrections() {
        String path = ResourcePaths.corrections(spec.network());
        return find(path, MAX_TEXT).map(bytes -> Corrections.read(new String(bytes, StandardCharsets.UTF_8), path));
    }

    /** A calibration table from a file. */
    static CalibrationTable calibration(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = bounded(in, MAX_TEXT, file.toString());
            return CalibrationTable.read(new String(bytes, StandardCharsets.UTF_8), file.toString());
        } catch (IOException e) {
            throw new OctetException(e, RuntimeCode.UNREADABLE, file, StoredFiles.reason(file, e));
        }
    }

    /** Refuses what is damaged: the compiler in the driver would run on it. */
    @Override
    public Optional<String> ptx(Target target, Step.Kernel kernel) {
        String path = ResourcePaths.kernel(target, kernel.hash(), "ptx");
        return find(path, MAX_KERNEL)
                .map(bytes -> PtxFile.read(bytes)
                        .filter(file -> file.source().startsWith(kernel.hash()))
                        .orElseThrow(() -> new OctetException(RuntimeCode.DAMAGED_KERNEL, path, kernel.name()))
                        .ptx());
    }

    /**
     * Machine code runs on machines of its major compute capability whose minor one is not lower; the highest that does
     * is taken. Refuses what is damaged, which could take the driver's process down.
     */
    @Override
    public Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
        if (!target.runsOn(capability)) {
            return Optional.empty();
        }
        int lowest = Math.max(capability / 10 * 10, target.capability());
        for (int machine = capability; machine >= lowest; machine--) {
            String path = ResourcePaths.cubin(target, kernel.hash(), machine);
            Optional<byte[]> file = find(path, MAX_KERNEL);
            if (file.isPresent()) {
                return file.map(bytes -> elf(bytes, path, kernel));
            }
        }
        return Optional.empty();
    }

    private static byte[] elf(byte[] bytes, String path, Step.Kernel kernel) {
        return CubinFile.read(bytes)
                .filter(file -> file.source().startsWith(kernel.hash()))
                .orElseThrow(() -> new OctetException(RuntimeCode.DAMAGED_KERNEL, path, kernel.name()))
                .elf();
    }

    private byte[] require(String path, int limit, DiagnosticCode missing) {
        return find(path, limit).orElseThrow(() -> new OctetException(missing, spec.network(), path));
    }

    private Optional<byte[]> find(String path, int limit) {
        ClassLoader own = spec.anchor().getClassLoader();
        ClassLoader loader = own == null ? ClassLoader.getSystemClassLoader() : own;
        try (InputStream in = loader.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(bounded(in, limit, path));
        } catch (IOException e) {
            throw new OctetException(e, RuntimeCode.UNREADABLE, path, e);
        }
    }

    private static byte[] bounded(InputStream in, int limit, String name) throws IOException {
        return BoundedInput.read(in, limit).orElseThrow(() -> new OctetException(RuntimeCode.OVERSIZED, name, limit));
    }
}
