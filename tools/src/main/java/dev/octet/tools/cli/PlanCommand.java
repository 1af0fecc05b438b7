package dev.octet.tools.cli;

import dev.octet.plan.text.PlanText;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a plan that this version of Octet can read. */
@Command(name = "plan", mixinStandardHelpOptions = true, description = "Checks and prints the plan of a network.")
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClassesOption classes;

    @Parameters(paramLabel = "NETWORK", description = "Binary name of the definition class.")
    private String network;

    @Override
    public Integer call() {
        byte[] text = PlanText.write(classes.find(network).plan());
        spec.commandLine().getOut().print(new String(text, StandardCharsets.UTF_8));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
