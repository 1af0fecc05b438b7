package dev.octet.plan.text;

import dev.octet.plan.PlanCode;
import dev.octet.plan.internal.Cursor;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The kernels of a plan whose schedules were chosen by measured times, which is no part of the plan: who chose does not change
 * what runs. Text of one kernel a line, sorted by name; empty if all schedules are estimated.
 */
public final class MeasuredText {
    private MeasuredText() {}

    /** The text for kernels by name, as {@link dev.octet.plan.launch.Step.Kernel} has it. */
    public static String write(SortedSet<String> kernels) {
        StringBuilder text = new StringBuilder();
        kernels.forEach(kernel -> text.append(Cursor.requireName(kernel)).append('\n'));
        return text.toString();
    }

    /**
     * Reads a text.
     *
     * @param text what {@link #write} wrote
     * @param name name of the file, for messages
     * @throws dev.octet.plan.diag.OctetException {@link PlanCode#MALFORMED} if it is damaged
     */
    public static SortedSet<String> read(String text, String name) {
        return Cursor.parse(text, name, PlanCode.MALFORMED, in -> {
            SortedSet<String> kernels = new TreeSet<>();
            while (!in.atEnd()) {
                kernels.add(in.name());
                in.endLine();
            }
            return Collections.unmodifiableSortedSet(kernels);
        });
    }
}
