package dev.octet.maven;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.ToolsCode;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * Properties that the annotation processor reads. Maven starts javac without the properties of its command line or the
 * POM, so that one of these has an effect only if the compiler's configuration hands it on.
 */
final class CompilerArguments {
    private static final String COMPILER = "org.apache.maven.plugins:maven-compiler-plugin";
    private static final List<String> FOR_JAVAC = List.of(
            OctetProperties.DIR,
            OctetProperties.DUMP,
            OctetProperties.FLOATS,
            OctetProperties.PTX,
            OctetProperties.TIMEOUT,
            OctetProperties.TUNING);

    private final String configuration;

    CompilerArguments(MavenProject project) {
        Plugin compiler = project.getPlugin(COMPILER);
        Stream<ConfigurationContainer> containers = compiler == null
                ? Stream.empty()
                : Stream.concat(Stream.of(compiler), compiler.getExecutions().stream());
        configuration = String.join(
                "\n", containers.map(c -> String.valueOf(c.getConfiguration())).toList());
    }

    /** Throws {@link OctetException} if one of the properties that are set is for javac and does not reach it. */
    void check(Collection<String> set) {
        for (String name : new TreeSet<>(set)) {
            if (FOR_JAVAC.contains(name) && !configuration.contains("-A" + name)) {
                throw new OctetException(ToolsCode.NOT_FOR_JAVAC, name);
            }
        }
    }
}
