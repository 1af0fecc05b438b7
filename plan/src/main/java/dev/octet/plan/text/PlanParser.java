package dev.octet.plan.text;

import dev.octet.plan.Plan;
import dev.octet.plan.PlanCode;
import dev.octet.plan.Port;
import dev.octet.plan.Version;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.internal.Cursor;
import dev.octet.plan.launch.LaunchProgram;
import java.util.ArrayList;
import java.util.List;

/** Parses what {@link PlanPrinter} prints. */
final class PlanParser {
    private static final int MAX_PROGRAMS = 64;

    private final Cursor in;
    private final String file;

    PlanParser(Cursor in, String file) {
        this.in = in;
        this.file = file;
    }

    /** Reads the first line; throws {@link PlanCode#VERSION} if this reader does not know the major version. */
    Version version() {
        in.expect("octet-plan ");
        Version version = Version.parse(in.name());
        if (version.major() != Plan.VERSION.major()) {
            throw new OctetException(PlanCode.VERSION, file, version, Plan.VERSION);
        }
        if (version.minor() > Plan.VERSION.minor()) {
            in.skipLines("?");
        }
        in.endLine();
        return version;
    }

    /** Reads the rest. */
    Plan plan() {
        in.expect("network ");
        String network = in.name();
        in.endLine();
        in.expect("max-batch ");
        int maxBatch = in.integer(1, PlanLimits.BATCH);
        in.endLine();
        List<Port> inputs = ports("input ");
        List<Port> outputs = ports("output ");
        in.expect("fp32 ");
        Graph fp32 = GraphParser.parse(in);
        in.expect("int8 ");
        Graph int8 = GraphParser.parse(in);
        Plan plan = new Plan(network, maxBatch, inputs, outputs, fp32, int8, programs(int8));
        PlanCheck.require(plan);
        return plan;
    }

    private List<Port> ports(String keyword) {
        List<Port> ports = new ArrayList<>();
        while (ports.size() < PlanLimits.PORTS && in.accept(keyword)) {
            ports.add(PortText.parse(in));
            in.endLine();
        }
        return ports;
    }

    private List<LaunchProgram> programs(Graph int8) {
        in.expect("programs ");
        int count = in.integer(0, MAX_PROGRAMS);
        in.endLine();
        ProgramParser parser = new ProgramParser(in, int8);
        List<LaunchProgram> programs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            programs.add(parser.parse());
        }
        return programs;
    }
}
