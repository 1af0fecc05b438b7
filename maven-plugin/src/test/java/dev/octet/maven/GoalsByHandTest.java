package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goals that users call by name, in modules that are not ready for them. */
class GoalsByHandTest {
    @TempDir
    private Path folder;

    @Test
    void aModuleWithoutNetworksHasNothingToCompare() throws Exception {
        DiffMojo diff = in(new DiffMojo());
        set(DiffMojo.class, diff, "old", folder.resolve("absent.jar").toFile());
        List<String> said = new ArrayList<>();
        diff.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                said.add(line.toString());
            }
        });
        diff.run(folder.resolve("classes"));
        assertThat(said).containsExactly("No networks to compare in classes");
    }

    @Test
    void aModuleWithoutNetworksHasNoReports() throws Exception {
        ReportMojo report = in(new ReportMojo());
        List<String> said = new ArrayList<>();
        report.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                said.add(line.toString());
            }
        });
        report.run(folder.resolve("classes"));
        assertThat(said).containsExactly("No networks to report on in classes");
    }

    @Test
    void diffAsksForTheOlderBuild() {
        assertThatThrownBy(() -> new DiffMojo().run(folder))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-020")
                .hasMessageContaining("-Doctet.old=<jar or classes folder");
    }

    @Test
    void calibrateAsksForImages() {
        assertThatThrownBy(() -> new CalibrateMojo().run(folder))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-020")
                .hasMessageContaining("-Doctet.images=<idx file or raw HWC bytes");
    }

    @Test
    void calibrateSaysThatNothingIsCompiled() throws Exception {
        CalibrateMojo calibrate = new CalibrateMojo();
        set(CalibrateMojo.class, calibrate, "images", new File("images.bin"));
        assertThatThrownBy(() -> calibrate.run(folder))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-019")
                .hasMessageContaining("mvn compile octet:calibrate");
    }

    private <T extends OctetMojo> T in(T mojo) throws ReflectiveOperationException {
        Model model = new Model();
        model.setBuild(new Build());
        MavenProject project = new MavenProject(model);
        project.setFile(folder.resolve("pom.xml").toFile());
        set(OctetMojo.class, mojo, "project", project);
        return mojo;
    }

    private static void set(Class<?> owner, Object mojo, String name, Object value)
            throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        field.set(mojo, value);
    }
}
