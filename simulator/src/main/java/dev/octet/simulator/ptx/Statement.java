package dev.octet.simulator.ptx;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A statement of a kernel's body. */
public sealed interface Statement {
    /** Line of its first token. */
    int line();

    /**
     * An instruction.
     *
     * @param line line
     * @param guard predicate under which it is executed
     * @param mnemonic operation with its modifiers, as written
     * @param operands operands in order
     */
    record Instruction(int line, Optional<Guard> guard, String mnemonic, List<Operand> operands) implements Statement {
        public Instruction {
            Objects.requireNonNull(guard);
            Objects.requireNonNull(mnemonic);
            operands = List.copyOf(operands);
        }
    }

    /**
     * A predicate before an instruction.
     *
     * @param predicate its register
     * @param negated whether threads execute the instruction where it is false
     */
    record Guard(String predicate, boolean negated) {
        public Guard {
            Objects.requireNonNull(predicate);
        }
    }

    /**
     * A place to branch to.
     *
     * @param line line
     * @param name its name
     */
    record Label(int line, String name) implements Statement {
        public Label {
            Objects.requireNonNull(name);
        }
    }

    /**
     * A declaration of registers: one of this name, or numbered ones from 0.
     *
     * @param line line
     * @param type their type
     * @param name name, or prefix of numbered ones
     * @param count how many numbered ones; empty for a single register
     */
    record Registers(int line, DataType type, String name, Optional<Integer> count) implements Statement {
        public Registers {
            Objects.requireNonNull(type);
            Objects.requireNonNull(name);
            Objects.requireNonNull(count);
        }
    }

    /**
     * A declaration of a variable.
     *
     * @param variable what is declared
     */
    record Declaration(Variable variable) implements Statement {
        public Declaration {
            Objects.requireNonNull(variable);
        }

        @Override
        public int line() {
            return variable.line();
        }
    }

    /**
     * Statements in braces, whose names are their own.
     *
     * @param line line
     * @param statements what stands in the braces
     */
    record Scope(int line, List<Statement> statements) implements Statement {
        public Scope {
            statements = List.copyOf(statements);
        }
    }
}
