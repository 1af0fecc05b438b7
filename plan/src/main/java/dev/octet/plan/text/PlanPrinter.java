package dev.octet.plan.text;

import dev.octet.plan.Plan;
import dev.octet.plan.internal.Cursor;

/** Prints a plan; {@link PlanText} describes the form. */
final class PlanPrinter {
    private PlanPrinter() {}

    static String print(Plan plan) {
        StringBuilder out = new StringBuilder("octet-plan " + Plan.VERSION + "\n");
        out.append("network ").append(Cursor.requireName(plan.network())).append('\n');
        out.append("max-batch ").append(plan.maxBatch()).append('\n');
        plan.inputs()
                .forEach(p -> out.append("input ").append(PortText.print(p)).append('\n'));
        plan.outputs()
                .forEach(p -> out.append("output ").append(PortText.print(p)).append('\n'));
        GraphPrinter graphs = GraphPrinter.exact();
        out.append("fp32 ").append(graphs.print(plan.fp32()));
        out.append("int8 ").append(graphs.print(plan.int8()));
        out.append("programs ").append(plan.programs().size()).append('\n');
        ProgramPrinter programs = new ProgramPrinter(plan.int8(), out);
        plan.programs().forEach(programs::print);
        return out.toString();
    }
}
