package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Exit;
import java.util.Map;

/** Branches and ends. */
final class ControlFlow {
    static final Map<String, BodyDecoder> INSTRUCTIONS =
            Map.of("bra", ControlFlow::bra, "ret", ControlFlow::ret, "exit", ControlFlow::exit);

    private ControlFlow() {}

    private static Body bra(Source in) {
        boolean uniform = in.modifiers().take("uni");
        in.modifiers().end();
        in.operands().expect(1);
        int target = in.operands().label(0);
        int meeting = in.meeting();
        return (warp, lanes) -> {
            if (uniform) {
                warp.requireAgreement(lanes);
            }
            warp.branch(target, lanes, meeting);
        };
    }

    /** What {@code ret.uni} promises to the assembler changes nothing here: lanes that do not return go on. */
    private static Body ret(Source in) {
        in.modifiers().take("uni");
        return exit(in);
    }

    private static Body exit(Source in) {
        in.modifiers().end();
        in.operands().expect(0);
        return new Exit();
    }
}
