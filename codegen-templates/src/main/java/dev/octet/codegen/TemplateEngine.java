package dev.octet.codegen;

/** Turns a template and its variables into text. */
@FunctionalInterface
public interface TemplateEngine {
    /**
     * The text of {@code vars.template()}, with every variable replaced by its value. A variable that the template
     * names and {@code vars} lacks is an {@link IllegalStateException}: a defect of the template, never of the user.
     */
    String render(TemplateVars vars);

    /** An engine for the Velocity templates on this module's class path. Safe for use by several threads. */
    static TemplateEngine velocity() {
        return new VelocityTemplateEngine();
    }
}
