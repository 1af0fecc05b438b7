package dev.octet.compiler;

import dev.octet.plan.Port;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.util.Optional;

/** Whether all of a network has kernels on floats. */
final class FloatsCheck {
    private FloatsCheck() {}

    /** Throws {@link CompileException} {@link CompilerCode#NO_FLOAT_PROGRAM} that names what has none. */
    static void require(CompileRequest request, Graph fp32) {
        for (Node node : fp32.nodes()) {
            if (node.op() instanceof Op.Extension extension) {
                String what = "operator " + extension.operator() + " of " + node.name()
                        + " is not part of Octet and has integer kernels only";
                throw new CompileException(CompilerCode.NO_FLOAT_PROGRAM, node.line(), request.network(), what);
            }
        }
        for (Port input : request.inputs()) {
            if (input.image().isEmpty()) {
                String what = "its input " + input.name() + " is no image";
                throw new CompileException(CompilerCode.NO_FLOAT_PROGRAM, Optional.empty(), request.network(), what);
            }
        }
    }
}
