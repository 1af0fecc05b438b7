package dev.octet.maven;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.BuiltNetwork;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What the goals have in common: where the classes are, and one line for an error that the user can act on. */
abstract class OctetMojo extends AbstractMojo {
    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** Whether the goal does nothing. */
    @Parameter(property = OctetProperties.SKIP, defaultValue = "false")
    private boolean skip;

    @Override
    public final void execute() throws MojoExecutionException {
        try {
            Set<String> properties = properties();
            OctetProperties.check(properties);
            new CompilerArguments(project).check(properties);
            if (skip) {
                getLog().info("Skipped by " + OctetProperties.SKIP);
            } else {
                run(Path.of(project.getBuild().getOutputDirectory()));
            }
        } catch (OctetException | CommandFailure e) {
            throw failure(e);
        }
    }

    /** Without causes, whose messages Maven would append to this one, which is complete; {@code -e} shows what is suppressed. */
    static MojoExecutionException failure(RuntimeException e) {
        MojoExecutionException failure = new MojoExecutionException(e.getMessage());
        failure.setStackTrace(e.getStackTrace());
        failure.addSuppressed(e);
        return failure;
    }

    /** Names of the properties of the command line and of the project, its parents and profiles. */
    private Set<String> properties() {
        Set<String> names = new TreeSet<>(session.getUserProperties().stringPropertyNames());
        names.addAll(project.getProperties().stringPropertyNames());
        return names;
    }

    /** Does the goal's work in the project's classes directory. */
    abstract void run(Path classes);

    /**
     * A network of the project.
     *
     * @param name binary name of its definition class, or null for the only one
     */
    static BuiltNetwork network(Path classes, String name) {
        return name == null ? BuiltNetwork.only(classes) : BuiltNetwork.find(classes, name);
    }

    /** The project's source folders, generated ones included. */
    List<Path> sourceRoots() {
        return project.getCompileSourceRoots().stream().map(Path::of).toList();
    }

    /** What the project's classes were compiled with; only in goals that resolve it. */
    List<Path> compileClasspath() {
        try {
            return project.getCompileClasspathElements().stream().map(Path::of).toList();
        } catch (DependencyResolutionRequiredException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the project runs with; only in goals that resolve it. */
    List<Path> runtimeClasspath() {
        try {
            return project.getRuntimeClasspathElements().stream().map(Path::of).toList();
        } catch (DependencyResolutionRequiredException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A path as people write it in this project. */
    String display(Path path) {
        Path base = project.getBasedir().toPath();
        return (path.startsWith(base) ? base.relativize(path) : path).toString();
    }

    /** A line with its paths as people write them in this project. */
    String display(String line) {
        return line.replace(project.getBasedir().getAbsolutePath() + File.separator, "");
    }
}
