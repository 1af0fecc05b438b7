package dev.octet.plan;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of plans. */
public enum PlanCode implements DiagnosticCode {
    /** A plan file that cannot be read. */
    MALFORMED("OCTET-PLAN-001", "%s, line %d: %s. The file is damaged or not a plan; compile the network again."),
    /** A plan of another major version. */
    VERSION(
            "OCTET-PLAN-002",
            "%s has plan version %s, this Octet reads %s. Compile the network with the same version of Octet."),
    /** The typed class and the plan on the class path do not belong together. */
    FOREIGN(
            "OCTET-PLAN-003",
            "The plan of %s has hash %s, but its generated class was made for %s. Clean and rebuild the module."),
    /** Ranges and weights that give a constant beyond float. */
    UNUSABLE(
            "OCTET-PLAN-004",
            "Ranges and weight scales give '%s' a constant that is not a finite float (%s). Look for a range near zero"
                    + " or an enormous weight, and calibrate again."),
    /** An operator that is not part of Octet, without the jar that brings it. */
    NO_EXTENSION(
            "OCTET-PLAN-005",
            "Operator '%s' is not part of Octet, and no OperatorExtension of this name was found among %s. Put the jar that"
                    + " has it on the class path and, to compile, on the processor path.");

    private final String id;
    private final String text;

    PlanCode(String id, String text) {
        this.id = id;
        this.text = text;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String text() {
        return text;
    }
}
