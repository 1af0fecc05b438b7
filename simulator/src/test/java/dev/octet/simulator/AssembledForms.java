package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.cuda.Commands;
import dev.octet.simulator.FormsTest.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What ptxas says of forms, each in a kernel of its own, all of a target in two modules: one of forms that are there, which
 * must assemble, and one of those that are not, of which each must be named as an error. Together an error that ends the
 * assembler could hide forms behind it.
 */
final class AssembledForms {
    private static final Pattern LINE = Pattern.compile("line (\\d+); error");

    private final Map<Form, String> errors = new HashMap<>();
    private final boolean asked;

    private AssembledForms(boolean asked) {
        this.asked = asked;
    }

    /** Assembles forms, no two the same; without ptxas nothing is known of any. */
    static AssembledForms of(Path folder, List<Form> forms) throws IOException {
        record Module(String target, boolean exists) {}
        AssembledForms assembled = new AssembledForms(Commands.isFound("ptxas"));
        if (assembled.asked) {
            Map<Module, List<Form>> modules =
                    forms.stream().collect(Collectors.groupingBy(form -> new Module(form.target(), form.exists())));
            for (List<Form> module : modules.values()) {
                assembled.assemble(folder, module);
            }
        }
        return assembled;
    }

    private void assemble(Path folder, List<Form> forms) throws IOException {
        StringBuilder module = new StringBuilder();
        Map<Form, Integer> lines = new HashMap<>();
        for (Form form : forms) {
            try (TestKernel kernel = form.kernel()) {
                int entry = kernel.ptx().indexOf(".visible");
                if (module.isEmpty()) {
                    module.append(kernel.ptx(), 0, entry);
                }
                int before = count(module) - count(kernel.ptx().substring(0, entry));
                lines.put(form, before + kernel.line(form.text()));
                module.append(kernel.ptx().substring(entry).replaceFirst("\\.entry k", ".entry k" + lines.size()));
            }
        }
        String report = report(folder, forms.get(0).target(), module.toString());
        Set<Integer> wrong = LINE.matcher(report)
                .results()
                .map(result -> Integer.parseInt(result.group(1)))
                .collect(Collectors.toSet());
        assertThat(lines.values()).as("lines of forms: %s", report).containsAll(wrong);
        forms.stream().filter(form -> wrong.contains(lines.get(form))).forEach(form -> errors.put(form, report));
    }

    private static int count(CharSequence text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** What the assembler for the target says, or that for the oldest one that it still makes code for. */
    private static String report(Path folder, String target, String ptx) throws IOException {
        Path file = Files.writeString(folder.resolve("forms.ptx"), ptx);
        String machine = target.compareTo("sm_75") < 0 ? "sm_75" : target;
        try {
            return Commands.run(folder, 60, List.of("ptxas", "-arch=" + machine, file.toString(), "-o", "forms.cubin"));
        } catch (AssertionError e) {
            assertThat(e).as("it names lines").hasMessageFindingMatch(LINE.pattern());
            return e.getMessage();
        }
    }

    /** Fails if ptxas knows a form that should not exist, or the other way around. */
    void check(Form form) {
        if (asked) {
            assertThat(!errors.containsKey(form))
                    .as("ptxas knows it: %s", errors.getOrDefault(form, "no error in its line"))
                    .isEqualTo(form.exists());
        }
    }
}
