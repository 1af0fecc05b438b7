package dev.octet.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which module may use which. Every rule holds for modules that have no classes yet. */
class ArchitectureTest {

    /** The modules with what each may depend on; what those depend on comes with them. */
    enum Module {
        DSL("dsl", "dev.octet.dsl"),
        PLAN("plan", "dev.octet.plan"),
        TESTKIT("testkit", "dev.octet.testkit"),
        COMPILER("compiler", "dev.octet.compiler", DSL, PLAN),
        CODEGEN("codegen-templates", "dev.octet.codegen", COMPILER, PLAN),
        TOOLCHAIN("toolchain", "dev.octet.toolchain", PLAN),
        RUNTIME("runtime", "dev.octet.runtime", PLAN),
        CUDA("cuda", "dev.octet.cuda", RUNTIME),
        SIMULATOR("simulator", "dev.octet.simulator", PLAN),
        SIMULATED("simulated", "dev.octet.simulated", CUDA, SIMULATOR),
        PROCESSOR("processor", "dev.octet.processor", COMPILER, CODEGEN, TOOLCHAIN, DSL),
        TOOLS("tools", "dev.octet.tools", RUNTIME, CUDA, TOOLCHAIN, COMPILER, CODEGEN, SIMULATOR),
        MAVEN("maven-plugin", "dev.octet.maven", TOOLS, TOOLCHAIN);

        final String folder;
        final String root;
        final Set<Module> reachable = new TreeSet<>();

        Module(String folder, String root, Module... mayDependOn) {
            this.folder = folder;
            this.root = root;
            for (Module module : mayDependOn) {
                reachable.add(module);
                reachable.addAll(module.reachable);
            }
        }

        boolean owns(String packageName) {
            return packageName.equals(root) || packageName.startsWith(root + ".");
        }
    }

    private static JavaClasses octet;

    @BeforeAll
    static void importModules() {
        octet = new ClassFileImporter().importPaths(classFolders());
    }

    /** Class folders rather than jars: the processor's jar repeats the classes of the modules it bundles. */
    static List<Path> classFolders() {
        List<Path> folders = new ArrayList<>();
        for (Module module : Module.values()) {
            Path classes = Path.of("..", module.folder, "target", "classes");
            if (Files.isDirectory(classes)) {
                folders.add(classes);
            }
        }
        assertThat(folders).as("class folders of the modules").isNotEmpty();
        return folders;
    }

    @ParameterizedTest
    @EnumSource
    void usesOnlyTheModulesBelowIt(Module module) {
        List<String> forbidden = new ArrayList<>();
        for (Module other : Module.values()) {
            if (other != module && !module.reachable.contains(other)) {
                forbidden.add(other.root + "..");
            }
        }
        noClasses()
                .that()
                .resideInAPackage(module.root + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .allowEmptyShould(true)
                .check(octet);
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsInternalsToItself(Module module) {
        classes()
                .that()
                .resideInAnyPackage(module.root + ".internal..", module.root + "..internal..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAPackage(module.root + "..")
                .allowEmptyShould(true)
                .check(octet);
    }

    @Test
    void everyClassBelongsToAModule() {
        DescribedPredicate<JavaClass> inAModule = DescribedPredicate.describe(
                "reside in the root package of a module",
                javaClass ->
                        List.of(Module.values()).stream().anyMatch(module -> module.owns(javaClass.getPackageName())));
        classes().should(be(inAModule)).allowEmptyShould(true).check(octet);
    }

    @Test
    void theDslNeedsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.octet.dsl..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.octet.dsl..", "java..")
                .allowEmptyShould(true)
                .check(octet);
    }

    @Test
    void onlyTheCudaDeviceAndTheToolchainTouchJcuda() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.octet.cuda..", "dev.octet.toolchain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jcuda..", "com.sun.jna..")
                .allowEmptyShould(true)
                .check(octet);
    }

    /** Its devices work where JCuda, JNA and their natives are not. */
    @Test
    void theSimulatedDevicesMeetNoJcuda() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.octet.simulated..", "dev.octet.cuda.driver..")
                .or()
                .haveFullyQualifiedName("dev.octet.cuda.CudaDevice")
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage("jcuda..", "com.sun.jna..")
                .check(octet);
    }

    @Test
    void theCompilerKnowsNothingOfJavac() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.octet.compiler..", "dev.octet.plan..", "dev.octet.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.annotation.processing..", "javax.lang.model..", "javax.tools..", "com.sun..")
                .allowEmptyShould(true)
                .check(octet);
    }
}
