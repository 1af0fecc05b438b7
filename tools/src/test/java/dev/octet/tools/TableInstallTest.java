package dev.octet.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.TableCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableInstallTest {
    @TempDir
    private Path folder;

    private SampleModule module;
    private BuiltNetwork network;
    private Path source;

    @BeforeEach
    void compile() throws IOException {
        module = SampleModule.in(folder);
        network = module.network();
        source = TableInstall.source(module.sources(), SampleModule.NETWORK);
    }

    @Test
    void copiesATableOfThisGraphAndTheseWeights() throws IOException {
        TableInstall.save(module.table(), source);

        assertThat(install()).isEqualTo(Outcome.WRITTEN);
        assertThat(network.tableFile()).hasSameBinaryContentAs(source);
    }

    @Test
    void leavesWhatIsRightUntouched() throws IOException {
        TableInstall.save(module.table(), source);
        install();
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(network.tableFile(), old);

        assertThat(install()).isEqualTo(Outcome.UNCHANGED);
        assertThat(Files.getLastModifiedTime(network.tableFile())).isEqualTo(old);
    }

    @Test
    void removesTheCopyOfATableThatIsGone() throws IOException {
        TableInstall.save(module.table(), source);
        install();
        Files.delete(source);

        assertThat(install()).isEqualTo(Outcome.MISSING);
        assertThat(network.tableFile()).doesNotExist();
    }

    @Test
    void refusesATableOfAnotherGraph() {
        CalibrationTable own = module.table();
        String other = "0".repeat(64);
        TableInstall.save(
                new CalibrationTable(
                        own.network(), other, own.weightsHash(), own.algorithm(), own.examples(), own.amax()),
                source);

        assertThatThrownBy(this::install)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(TableCode.FOREIGN));
        assertThat(network.tableFile()).doesNotExist();
    }

    @Test
    void refusesATableOfOtherWeights() throws IOException {
        TableInstall.save(module.table(), source);
        module.writeWeights(2);

        assertThatThrownBy(this::install)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(TableCode.OTHER_WEIGHTS));
    }

    private Outcome install() {
        return TableInstall.install(network, module.sources());
    }
}
