package dev.octet.simulator.decode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names of a scope; those of the scopes around it are visible too. */
final class Scope {
    private final Optional<Scope> outer;
    private final Map<String, Symbol> symbols = new HashMap<>();

    Scope() {
        this.outer = Optional.empty();
    }

    private Scope(Scope outer) {
        this.outer = Optional.of(outer);
    }

    Scope inner() {
        return new Scope(this);
    }

    void declare(int line, String name, Symbol symbol) {
        if (symbols.put(name, symbol) != null) {
            throw new OctetException(SimulatorCode.SYNTAX, line, "'" + name + "' is declared twice");
        }
    }

    Optional<Symbol> find(String name) {
        Symbol symbol = symbols.get(name);
        return symbol != null ? Optional.of(symbol) : outer.flatMap(scope -> scope.find(name));
    }
}
