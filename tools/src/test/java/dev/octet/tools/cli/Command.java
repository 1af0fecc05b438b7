package dev.octet.tools.cli;

import dev.octet.tools.SampleModule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * A run of the command {@code octet}.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err what it printed as errors
 */
record Command(int exit, String out, String err) {
    /** Runs the command with these arguments. */
    static Command run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = OctetCommand.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = line.execute(arguments);
        return new Command(exit, out.toString(), err.toString());
    }

    /** Runs a command on the networks of a module. */
    static Command on(SampleModule module, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--classes", module.classes().toString()));
        if (!arguments[0].equals("plan")) {
            all.addAll(List.of("--dir", module.sources().toString()));
        }
        return run(all.toArray(String[]::new));
    }

    /** What a command that fails as it should, without a stack trace, says. */
    String failure() {
        if (exit != 1 || err.contains("\tat ")) {
            throw new AssertionError("exit code " + exit + ": " + out + err);
        }
        return err;
    }

    /** What a command that succeeds prints. */
    String success() {
        if (exit != 0) {
            throw new AssertionError("exit code " + exit + ": " + err);
        }
        return out;
    }
}
