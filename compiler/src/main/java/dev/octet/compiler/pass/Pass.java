package dev.octet.compiler.pass;

import dev.octet.plan.graph.Graph;

/** One step of the compiler: a pure function from graph to graph. */
public interface Pass {
    /** The name in dumps and messages. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * The rewritten graph; equal to {@code graph} where nothing applies, save for the stage. Throws
     * {@link dev.octet.compiler.CompileException} where the definition asks for something that cannot be done.
     */
    Graph run(Graph graph);
}
