package dev.octet.tools.cli;

import dev.octet.plan.diag.OctetException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command {@code octet}. Exit codes: 0 done, 1 a failure that was printed in one line, 2 wrong usage, 3 differences where they were asked for. */
@Command(
        name = "octet",
        mixinStandardHelpOptions = true,
        description = "Tools for networks that Octet has compiled.",
        subcommands = {
            ImportCommand.class,
            PlanCommand.class,
            WeightsCommand.class,
            CalibrateCommand.class,
            ImportCacheCommand.class,
            ExportCacheCommand.class,
            ExportCommand.class,
            CorrectCommand.class,
            EvaluateCommand.class,
            LayersCommand.class,
            SearchCommand.class,
            ProfileCommand.class,
            TuneCommand.class,
            DiffCommand.class,
            ReportCommand.class
        })
public final class OctetCommand {
    private OctetCommand() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new OctetCommand()).setExecutionExceptionHandler(OctetCommand::report);
    }

    private static int report(Exception failure, CommandLine line, ParseResult parsed) throws Exception {
        if (failure instanceof OctetException) {
            line.getErr().println(failure.getMessage());
            return line.getCommandSpec().exitCodeOnExecutionException();
        }
        throw failure;
    }
}
