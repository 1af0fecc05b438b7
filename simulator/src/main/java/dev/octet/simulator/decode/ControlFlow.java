package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Exit;
import java.util.Map;

/** Branches and ends. */
final class ControlFlow {
    static final Map<String, BodyDecoder> INSTRUCTIONS =
            Map.of("bra", ControlFlow::bra, "ret", ControlFlow::end, "exit", ControlFlow::end);

    private ControlFlow() {}

    /** That all lanes agree, as {@code .uni} promises, is not needed here. */
    private static Body bra(Source in) {
        in.modifiers().take("uni");
        in.modifiers().end();
        in.operands().expect(1);
        int target = in.operands().label(0);
        int meeting = in.meeting();
        return (warp, lanes) -> warp.branch(target, lanes, meeting);
    }

    private static Body end(Source in) {
        in.modifiers().take("uni");
        in.modifiers().end();
        in.operands().expect(0);
        return new Exit();
    }
}
