package dev.octet.simulator.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses the body of a kernel. */
final class StatementParser {
    private static final int DEEPEST = 32;
    private static final Set<String> VARIABLES = Set.of(".shared", ".local", ".const");

    private final TokenReader in;
    private final Set<String> pragmas;
    private final OperandParser operands;
    private int depth;

    StatementParser(TokenReader in, Set<String> pragmas) {
        this.in = in;
        this.pragmas = pragmas;
        this.operands = new OperandParser(in);
    }

    /** Statements up to a closing brace, which is consumed. */
    List<Statement> untilBrace() {
        if (++depth > DEEPEST) {
            throw in.error("scopes are nested too deeply");
        }
        List<Statement> statements = new ArrayList<>();
        while (!in.accept("}")) {
            if (in.atEnd()) {
                throw in.error("a closing brace is missing");
            }
            statement(statements);
        }
        depth--;
        return statements;
    }

    private void statement(List<Statement> statements) {
        int line = in.line();
        String text = in.peek().text();
        if (in.accept("{")) {
            statements.add(new Statement.Scope(line, untilBrace()));
        } else if (in.accept(".reg")) {
            registers(line, statements);
        } else if (VARIABLES.contains(text)) {
            statements.add(new Statement.Declaration(new VariableParser(in).variable()));
        } else if (in.accept(".pragma")) {
            pragma();
        } else if (text.startsWith(".")) {
            throw in.unknown("directive '" + text + "'");
        } else if (in.peek().kind() == Token.Kind.WORD && in.peekSecond().is(":")) {
            statements.add(new Statement.Label(line, in.word("a label")));
            in.expect(":");
        } else {
            statements.add(instruction(line));
        }
    }

    private void registers(int line, List<Statement> statements) {
        DataType type = new VariableParser(in).type();
        do {
            String name = in.word("a register");
            Optional<Integer> count = Optional.empty();
            if (in.accept("<")) {
                count = Optional.of(in.natural());
                in.expect(">");
            }
            statements.add(new Statement.Registers(line, type, name, count));
        } while (in.accept(","));
        in.expect(";");
    }

    private void pragma() {
        Token token = in.next();
        if (token.kind() != Token.Kind.STRING || !pragmas.contains(token.text())) {
            throw in.unknown("pragma '" + token.text() + "'");
        }
        in.expect(";");
    }

    private Statement instruction(int line) {
        Optional<Statement.Guard> guard = Optional.empty();
        if (in.accept("@")) {
            boolean negated = in.accept("!");
            guard = Optional.of(new Statement.Guard(in.word("a predicate"), negated));
        }
        String mnemonic = in.word("an instruction");
        return new Statement.Instruction(line, guard, mnemonic, operands.operands());
    }
}
