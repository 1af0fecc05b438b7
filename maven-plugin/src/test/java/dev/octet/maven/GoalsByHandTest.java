package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.testkit.onnx.OnnxGraph;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import dev.octet.tools.ToolsCode;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.MojoExecutionException;
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
    void diffWritesAPage() throws Exception {
        BuiltModule before = BuiltModule.in(folder.resolve("before"), false);
        BuiltModule after = BuiltModule.in(folder.resolve("after"), false);
        after.calibrate();
        DiffMojo diff = new DiffMojo();
        set(DiffMojo.class, diff, "old", before.classes().toFile());
        set(DiffMojo.class, diff, "html", after.target("pages/diff.html"));
        after.run(diff);
        assertThat(after.log).contains("info -> target/pages/diff.html");
        assertThat(after.target("pages/diff.html"))
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains(BuiltModule.NETWORK);
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

    /** Maven prints the messages of an exception and of its causes in one line. */
    @Test
    void aFailureIsToldOnce() {
        OctetException found = new OctetException(new IOException("x: no such file"), ToolsCode.COUNT, "images", 0);
        MojoExecutionException failure = OctetMojo.failure(found);
        assertThat(failure).hasMessage(found.getMessage()).hasNoCause().hasSuppressedException(found);
        assertThat(failure.getStackTrace()).isEqualTo(found.getStackTrace());
    }

    @Test
    void calibrateAsksForImages() {
        assertThatThrownBy(() -> new CalibrateMojo().run(folder))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-020")
                .hasMessageContaining("-Doctet.images=<folder or .zip of PNG and JPEG files");
    }

    @Test
    void exportAsksForFileAndFlavour() throws Exception {
        ExportMojo export = in(new ExportMojo());
        assertThatThrownBy(() -> export.run(folder))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-020")
                .hasMessageContaining("-Doctet.model=<ONNX file to write");
        set(ExportMojo.class, export, "model", folder.resolve("x.onnx").toFile());
        assertThatThrownBy(() -> export.run(folder))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("-Doctet.flavour=<ort or tensorrt");
    }

    @Test
    void correctSearchAndEvaluateAskForImages() {
        for (OctetMojo goal : List.of(new CorrectMojo(), new SearchMojo(), new EvaluateMojo())) {
            assertThatThrownBy(() -> goal.run(folder))
                    .isInstanceOf(OctetException.class)
                    .hasMessageContaining("OCTET-BUILD-020")
                    .hasMessageContaining("-Doctet.images=<folder or .zip of PNG and JPEG files");
        }
    }

    @Test
    void cachesAreAskedFor() {
        for (CacheMojo goal : List.of(new ImportCacheMojo(), new ExportCacheMojo())) {
            assertThatThrownBy(() -> goal.run(folder))
                    .isInstanceOf(OctetException.class)
                    .hasMessageContaining("OCTET-BUILD-020")
                    .hasMessageContaining(
                            "The goal octet:" + goal.goal() + " needs -Doctet.tensorrt=<calibration cache");
        }
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

    @Test
    void importAsksForModelAndClass() throws Exception {
        ImportMojo goal = new ImportMojo();
        assertThatThrownBy(() -> goal.run(folder))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-020")
                .hasMessageContaining("octet:import needs -Doctet.model=<ONNX file>");
        set(ImportMojo.class, goal, "model", new File("model.onnx"));
        assertThatThrownBy(() -> goal.run(folder))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("-Doctet.class=<name of the class to write>");
    }

    private File smallModel() throws IOException {
        byte[] model = new OnnxGraph()
                .input("x", OnnxType.FLOAT, List.of(0L, 2L))
                .constant(TensorData.of("fc.weight", List.of(2L, 1L), 1, 2))
                .node("", "MatMul", List.of("x", "fc.weight"), "y")
                .output("y", OnnxType.FLOAT, List.of(0L, 1L))
                .model(17);
        return Files.write(folder.resolve("small.onnx"), model).toFile();
    }

    @Test
    void initAsksForTheArtifact() throws Exception {
        InitMojo goal = in(new InitMojo());
        assertThatThrownBy(() -> goal.run(folder))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("octet:init needs -DartifactId=<name of the project");
    }

    @Test
    void initWritesAProjectOfAModel() throws Exception {
        InitMojo goal = in(new InitMojo());
        set(InitMojo.class, goal, "folder", folder.resolve("project").toFile());
        set(InitMojo.class, goal, "version", "1.2.3");
        set(InitMojo.class, goal, "groupId", "com.acme");
        set(InitMojo.class, goal, "artifactId", "small");
        set(InitMojo.class, goal, "model", smallModel());
        set(ModelMojo.class, goal, "scale", "1");
        set(ModelMojo.class, goal, "maxBatch", 4);
        goal.run(folder);

        Path project = folder.resolve("project");
        assertThat(project.resolve("src/main/java/com/acme/Small.java"))
                .content()
                .contains("maxBatch = 4");
        assertThat(project.resolve("src/main/octet/small.safetensors")).exists();
        assertThat(project.resolve("src/test/java/com/acme/SmallTest.java"))
                .content()
                .contains("src/main/octet/small.safetensors", "SmallNetwork.spec()");
        assertThat(project.resolve("README.md")).content().contains("Imported from small.onnx.");
        assertThat(project.resolve("pom.xml")).content().contains("<octet.version>1.2.3</octet.version>");
    }

    @Test
    void importWritesBothFiles() throws Exception {
        ImportMojo goal = in(new ImportMojo());
        set(ImportMojo.class, goal, "model", smallModel());
        set(ImportMojo.class, goal, "className", "com.acme.Small");
        set(ImportMojo.class, goal, "javaSources", folder.resolve("java").toFile());
        set(ImportMojo.class, goal, "sources", folder.resolve("octet").toFile());
        set(ModelMojo.class, goal, "scale", "1");
        set(ModelMojo.class, goal, "maxBatch", 4);
        goal.run(folder);

        assertThat(folder.resolve("java/com/acme/Small.java"))
                .content()
                .contains("package com.acme;", "denseWithoutBias(\"fc\", 1)", "maxBatch = 4");
        assertThat(folder.resolve("octet/small.safetensors")).exists();
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
