package dev.octet.tools.accuracy;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.text.GraphText;
import dev.octet.tools.BuiltNetwork;
import dev.octet.tools.ToolsCode;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A compiled network's definition, run again in this process: it says where its lines are, and makes plans with other layers in
 * FP32.
 *
 * @param plan the plan that was compiled
 * @param trace what the definition recorded
 */
public record Definition(Plan plan, TracedNetwork trace) {
    /**
     * Runs the definition of a network.
     *
     * @param network the network
     * @param classpath jars and folders of what the definition uses, beside the network's classes directory
     * @throws OctetException {@link ToolsCode#NO_DEFINITION} if it does not run, {@link ToolsCode#OTHER_DEFINITION} if it
     *     defines another network than the plan has
     */
    public static Definition of(BuiltNetwork network, List<Path> classpath) {
        Plan plan = network.plan();
        List<Path> path = new ArrayList<>(List.of(network.classes()));
        path.addAll(classpath);
        try (URLClassLoader loader = new URLClassLoader(urls(path), NetworkDefinition.class.getClassLoader())) {
            Constructor<?> constructor =
                    Class.forName(network.name(), true, loader).getDeclaredConstructor();
            constructor.setAccessible(true);
            if (!(constructor.newInstance() instanceof NetworkDefinition definition)) {
                throw new OctetException(ToolsCode.NO_DEFINITION, network.name(), "it is no NetworkDefinition");
            }
            return of(plan, definition);
        } catch (OctetException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            // Whatever the user's code throws is the answer to the user.
            throw new OctetException(e, ToolsCode.NO_DEFINITION, network.name(), e);
        }
    }

    /** Runs a definition of a plan. */
    public static Definition of(Plan plan, NetworkDefinition definition) {
        Definition result =
                new Definition(plan, Tracer.trace(definition, shapes(plan.inputs()), shapes(plan.outputs())));
        String graph = GraphText.topologyHash(result.compile(Set.of()).fp32());
        String wanted = GraphText.topologyHash(plan.fp32());
        if (!graph.equals(wanted)) {
            throw new OctetException(ToolsCode.OTHER_DEFINITION, plan.network(), graph, wanted);
        }
        return result;
    }

    private static URL[] urls(List<Path> path) throws MalformedURLException {
        URL[] urls = new URL[path.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = path.get(i).toUri().toURL();
        }
        return urls;
    }

    private static List<PortShape> shapes(List<Port> ports) {
        return ports.stream()
                .map(port -> new PortShape(port.name(), port.shape().dims()))
                .toList();
    }

    /**
     * Compiles the network for the CPU.
     *
     * @param fp32 names of layers or values that stay in FP32, beside those that do in the plan
     */
    public Plan compile(Set<String> fp32) {
        Set<String> names = new HashSet<>(fp32);
        plan.int8().nodes().stream()
                .filter(node -> node.fp32() && trace.names().contains(node.name()))
                .forEach(node -> names.add(node.name()));
        CompileRequest request = new CompileRequest(
                plan.network(), plan.inputs(), plan.outputs(), List.of(), plan.maxBatch(), trace, names);
        try {
            return OctetCompiler.compile(request, new CudaWriter(), DumpSink.NONE)
                    .plan();
        } catch (CompileException e) {
            throw new OctetException(e, ToolsCode.NO_DEFINITION, plan.network(), e.getMessage());
        }
    }

    /** The line of the definition that made each value, by the value's name. */
    public Map<String, SourceLine> lines() {
        Map<String, SourceLine> lines = new HashMap<>();
        for (TracedNode node : trace.nodes()) {
            StackTraceElement line = node.line();
            lines.put(node.name(), new SourceLine(line.getClassName(), line.getFileName(), line.getLineNumber()));
        }
        return lines;
    }
}
