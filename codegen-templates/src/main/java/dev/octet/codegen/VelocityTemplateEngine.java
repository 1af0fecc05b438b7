package dev.octet.codegen;

import java.io.StringWriter;
import java.util.function.Supplier;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.resource.loader.StringResourceLoader;

/**
 * Apache Velocity in strict mode. It is given texts, never names: the one resource loader that it insists on is an
 * empty repository of strings, so that no {@code #include} or macro library reaches a file.
 */
final class VelocityTemplateEngine implements TemplateEngine {
    private final VelocityEngine velocity;

    VelocityTemplateEngine() {
        this.velocity = withOwnClasses(VelocityTemplateEngine::strictEngine);
    }

    private static VelocityEngine strictEngine() {
        VelocityEngine engine = new VelocityEngine();
        engine.setProperty(RuntimeConstants.RUNTIME_REFERENCES_STRICT, true);
        engine.setProperty(RuntimeConstants.RESOURCE_LOADERS, "string");
        engine.setProperty("resource.loader.string.class", StringResourceLoader.class.getName());
        engine.setProperty("resource.loader.string.repository.static", "false");
        engine.setProperty(RuntimeConstants.VM_LIBRARY, "");
        engine.setProperty(RuntimeConstants.SPACE_GOBBLING, RuntimeConstants.SpaceGobbling.LINES.toString());
        engine.init();
        return engine;
    }

    @Override
    public String render(TemplateVars vars) {
        String template = TemplateText.read(vars.template());
        VelocityContext context = new VelocityContext();
        TemplateVars.values(vars).forEach(context::put);
        StringWriter text = new StringWriter();
        try {
            withOwnClasses(() -> velocity.evaluate(context, text, vars.template(), template));
        } catch (VelocityException e) {
            throw new IllegalStateException("template " + vars.template() + ": " + e.getMessage(), e);
        }
        return text.toString();
    }

    /**
     * Velocity looks for its own classes through the thread's context class loader first. Inside javac and Maven that
     * loader may not see them, or see another version.
     */
    private static <T> T withOwnClasses(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(VelocityTemplateEngine.class.getClassLoader());
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
