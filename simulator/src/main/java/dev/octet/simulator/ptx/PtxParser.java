package dev.octet.simulator.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parses modules of PTX as the compiler writes them: kernels without calls. Whatever it does not know is an error with
 * its line, so that nothing of a kernel is passed over.
 */
public final class PtxParser {
    private static final Set<String> LINKING = Set.of(".visible", ".weak", ".extern");
    private static final Set<String> PRAGMAS = Set.of("nounroll");

    private final TokenReader in;
    private final VariableParser variables;
    private final List<Variable> declared = new ArrayList<>();
    private final List<PtxEntry> entries = new ArrayList<>();
    private String version = "";
    private String target = "";

    private PtxParser(String text) {
        this.in = new TokenReader(Tokenizer.tokens(text));
        this.variables = new VariableParser(in);
    }

    /**
     * Parses a module.
     *
     * @throws dev.octet.plan.diag.OctetException with the line of the first mistake, or of the first thing that is not
     *     known
     */
    public static PtxModule parse(String text) {
        return new PtxParser(text).module();
    }

    private PtxModule module() {
        while (!in.atEnd()) {
            directive();
        }
        if (version.isEmpty() || target.isEmpty()) {
            throw in.error("a module begins with .version and .target");
        }
        return new PtxModule(version, target, declared, entries);
    }

    private void directive() {
        if (in.accept(".version")) {
            version = in.next().text();
        } else if (in.accept(".target")) {
            target = in.word("a target");
            if (!PtxModule.isTarget(target)) {
                throw in.unknown("target '" + target + "'");
            }
        } else if (in.accept(".address_size")) {
            if (in.natural() != 64) {
                throw in.unknown("addresses of other than 64 bits");
            }
        } else {
            linked();
        }
    }

    private void linked() {
        while (LINKING.contains(in.peek().text())) {
            in.next();
        }
        if (in.accept(".entry")) {
            entries.add(entry());
        } else if (Set.of(".const", ".shared").contains(in.peek().text())) {
            declared.add(variables.variable());
        } else {
            throw in.unknown("directive '" + in.peek().text() + "'");
        }
    }

    private PtxEntry entry() {
        int line = in.line();
        String name = in.word("a name");
        List<Variable> parameters = parameters();
        Optional<Integer> most = Optional.empty();
        Optional<Integer> exact = Optional.empty();
        while (!in.peek().is("{")) {
            if (in.accept(".maxntid")) {
                most = Optional.of(extents());
            } else if (in.accept(".reqntid")) {
                exact = Optional.of(alongX());
            } else if (in.accept(".minnctapersm") || in.accept(".maxnctapersm") || in.accept(".maxnreg")) {
                in.natural();
            } else {
                throw in.unknown("directive '" + in.peek().text() + "'");
            }
        }
        in.expect("{");
        return new PtxEntry(line, name, parameters, most, exact, new StatementParser(in, PRAGMAS).untilBrace());
    }

    private List<Variable> parameters() {
        List<Variable> parameters = new ArrayList<>();
        if (in.accept("(") && !in.accept(")")) {
            do {
                parameters.add(variables.parameter());
            } while (in.accept(","));
            in.expect(")");
        }
        return parameters;
    }

    /** Extents of a block of which only the first may be more than 1, as launches have it. */
    private int alongX() {
        int x = in.natural();
        boolean flat = true;
        while (in.accept(",")) {
            flat &= in.natural() == 1;
        }
        if (!flat) {
            throw in.unknown("blocks of more than one dimension, which '.reqntid' asks for");
        }
        return within(x);
    }

    /** Product of up to three extents of a block. */
    private int extents() {
        long product = in.natural();
        while (in.accept(",")) {
            product *= in.natural();
        }
        return within(product);
    }

    private int within(long threads) {
        if (threads < 1 || threads > 1024) {
            throw in.error(threads + " threads in a block");
        }
        return (int) threads;
    }
}
