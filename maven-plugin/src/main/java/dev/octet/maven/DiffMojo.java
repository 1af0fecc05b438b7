package dev.octet.maven;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.OutputFile;
import dev.octet.tools.ToolsCode;
import dev.octet.tools.diff.BuildDiff;
import dev.octet.tools.diff.DiffPage;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Lists which kernels, plans, calibration tables and weights differ between an older build and this one. Run by hand:
 * {@code mvn process-classes octet:diff -Doctet.old=<jar or classes folder>}. Does nothing where there are no networks.
 */
@Mojo(name = "diff", threadSafe = true)
public final class DiffMojo extends OctetMojo {
    /** Classes folder or jar of the older build. */
    @Parameter(property = OctetProperties.OLD)
    private File old;

    /** Whether changed sources of kernels are shown as unified diffs. */
    @Parameter(property = OctetProperties.SHOW_SOURCE, defaultValue = "false")
    private boolean showSource;

    /** File in which the comparison is written as an HTML page, too; none if not given. */
    @Parameter(property = OctetProperties.HTML)
    private File html;

    /** Whether differences fail the build. */
    @Parameter(property = OctetProperties.FAIL_ON_CHANGE, defaultValue = "false")
    private boolean failOnChange;

    @Override
    void run(Path classes) {
        OctetProperties.require(old, "diff", OctetProperties.OLD, "jar or classes folder of the older build");
        if (BuiltNetwork.in(classes).isEmpty()) {
            getLog().info("No networks to compare in " + display(classes));
            return;
        }
        BuildDiff diff = BuildDiff.of(old.toPath(), classes, showSource);
        diff.lines().forEach(getLog()::info);
        getLog().info(diff.summary());
        if (html != null) {
            OutputFile.write(html.toPath(), DiffPage.html(diff));
            getLog().info("-> " + display(html.toPath()));
        }
        if (failOnChange && diff.changed()) {
            throw new OctetException(ToolsCode.DIFFERENT, diff.summary());
        }
    }
}
