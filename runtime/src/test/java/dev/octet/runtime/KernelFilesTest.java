package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.CubinFile;
import dev.octet.plan.kernel.PtxFile;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.diag.RuntimeCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which file of a kernel a device gets, and which none gets. */
class KernelFilesTest {
    private static final String SOURCE = Sha256.hex("the kernel's source");
    private static final Step.Kernel KERNEL = new Step.Kernel("conv_k", SOURCE.substring(0, 32));

    @TempDir
    Path folder;

    private NetworkResources resources;

    @BeforeEach
    void look() {
        resources = new NetworkResources(NetworkSpec.of("com.acme.Sample", FolderLoader.anchor(folder)));
    }

    private Path write(String resource, byte[] bytes) throws IOException {
        Path file = folder.resolve(resource);
        StoredFiles.write(file, bytes);
        return file;
    }

    private Path writePtx(String source) throws IOException {
        PtxFile file = new PtxFile(Sha256.hex("key"), source, ".version 5.0\n");
        return write(ResourcePaths.kernel(Target.SM_61, KERNEL.hash(), "ptx"), file.write());
    }

    /** Machine code that says for which machine it is. */
    private Path writeCubin(Target target, int machine, String source) throws IOException {
        byte[] elf = ("ELF of " + machine).getBytes(StandardCharsets.US_ASCII);
        CubinFile file = new CubinFile(Sha256.hex("key"), source, elf);
        return write(ResourcePaths.cubin(target, KERNEL.hash(), machine), file.write());
    }

    private static void damage(Path file, int offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
    }

    private static void assertDamaged(ThrowingCallable call, String path) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.DAMAGED_KERNEL))
                .hasMessageContainingAll(path, "conv_k", "octet:ptx");
    }

    @Test
    void whatTheBuildDidNotMakeIsEmpty() {
        assertThat(resources.ptx(Target.SM_61, KERNEL)).isEmpty();
        assertThat(resources.cubin(Target.SM_61, KERNEL, 90)).isEmpty();
    }

    @Test
    void ptxIsGivenWithoutItsFirstLine() throws IOException {
        writePtx(SOURCE);
        assertThat(resources.ptx(Target.SM_61, KERNEL)).contains(".version 5.0\n");
        assertThat(resources.ptx(Target.SM_80, KERNEL)).isEmpty();
    }

    /** Cubins for 8.0, 8.6 and 9.0 of the target sm_80, for 6.1 and 8.7 of sm_61, and for 9.0 of sm_90a. */
    @ParameterizedTest
    @CsvSource({
        "SM_80, 80, 80", "SM_80, 85, 80", "SM_80, 86, 86", "SM_80, 89, 86", "SM_80, 90, 90", "SM_80, 99, 90",
        "SM_80, 100, 0", "SM_80, 120, 0", "SM_61, 60, 0", "SM_61, 61, 61", "SM_61, 62, 61", "SM_61, 70, 0",
        "SM_61, 86, 0", "SM_61, 89, 87", "SM_90A, 90, 90", "SM_90A, 99, 0", "SM_90A, 89, 0"
    })
    void machineCodeIsThatOfTheHighestMinorOfTheSameMajor(Target target, int capability, int machine)
            throws IOException {
        for (int made : new int[] {80, 86, 90}) {
            writeCubin(Target.SM_80, made, SOURCE);
        }
        writeCubin(Target.SM_61, 61, SOURCE);
        writeCubin(Target.SM_61, 87, SOURCE);
        writeCubin(Target.SM_90A, 90, SOURCE);
        String found = resources
                .cubin(target, KERNEL, capability)
                .map(elf -> new String(elf, StandardCharsets.US_ASCII))
                .orElse("none");
        assertThat(found).isEqualTo(machine == 0 ? "none" : "ELF of " + machine);
    }

    @Test
    void damageIsFoundWhereverItIs() throws IOException {
        Path ptx = writePtx(SOURCE);
        Path cubin = writeCubin(Target.SM_80, 86, SOURCE);
        int ptxBytes = (int) Files.size(ptx);
        int cubinBytes = (int) Files.size(cubin);
        for (int offset : new int[] {0, 95, 200, ptxBytes - 1}) {
            damage(ptx, offset);
            assertDamaged(() -> resources.ptx(Target.SM_61, KERNEL), KERNEL.hash() + ".ptx");
            damage(ptx, offset);
        }
        for (int offset : new int[] {0, 9, cubinBytes - 60, cubinBytes - 1}) {
            damage(cubin, offset);
            assertDamaged(() -> resources.cubin(Target.SM_80, KERNEL, 89), KERNEL.hash() + ".sm_86.cubin");
            damage(cubin, offset);
        }
        Files.write(cubin, new byte[0]);
        assertDamaged(() -> resources.cubin(Target.SM_80, KERNEL, 89), "cubin");
        assertThat(resources.ptx(Target.SM_61, KERNEL)).isPresent();
    }

    @Test
    void filesOfOtherKernelsAreRefused() throws IOException {
        writePtx(Sha256.hex("another source"));
        assertDamaged(() -> resources.ptx(Target.SM_61, KERNEL), ".ptx");
        writeCubin(Target.SM_80, 90, Sha256.hex("another source"));
        assertDamaged(() -> resources.cubin(Target.SM_80, KERNEL, 90), ".cubin");
    }
}
