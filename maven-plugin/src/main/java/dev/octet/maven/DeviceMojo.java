package dev.octet.maven;

import dev.octet.tools.BuiltNetwork;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * What the goals on devices have in common. On any device but the CPU the command of the goal's name runs in a process of its own,
 * with the project's run-time class path, so that a crash of a driver does not end Maven. They resolve that class path.
 */
abstract class DeviceMojo extends OctetMojo {
    static final String CPU = "cpu";

    private static final String INFO = "INFO: ";
    private static final String WARNING = "WARNING: ";

    /** The project's build folder, where the process of a GPU works. */
    @Parameter(defaultValue = "${project.build.directory}", readonly = true)
    private File buildFolder;

    /** The words of a command on a network of the project. */
    static final class Words {
        private final List<String> words;

        Words(String command, BuiltNetwork built) {
            words = new ArrayList<>(List.of(command, built.name()));
            add("--classes", built.classes().toAbsolutePath());
        }

        /** With an option, unless its value is null: as one word, since a value may begin with a dash. */
        Words add(String option, Object value) {
            if (value != null) {
                words.add(option + "=" + (value instanceof File file ? file.getAbsolutePath() : value));
            }
            return this;
        }

        /** With an option that has no value, if it is wanted. */
        Words addIf(boolean wanted, String option) {
            if (wanted) {
                words.add(option);
            }
            return this;
        }

        List<String> list() {
            return List.copyOf(words);
        }
    }

    /** Runs a command in a process of its own. Its lines go to Maven's log, by the level that they had in the log of the process. */
    final void runApart(BuiltNetwork built, String device, Words words) {
        new CommandProcess(built.name(), device, buildFolder.toPath())
                .run(words.list(), runtimeClasspath(), new ToLog());
    }

    private final class ToLog implements CommandProcess.Listener {
        @Override
        public void printed(String line) {
            getLog().info(display(line));
        }

        @Override
        public void warned(String line) {
            if (line.startsWith(INFO)) {
                getLog().info(line.substring(INFO.length()));
            } else {
                getLog().warn(line.startsWith(WARNING) ? line.substring(WARNING.length()) : line);
            }
        }
    }
}
