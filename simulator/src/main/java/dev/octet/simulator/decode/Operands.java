package dev.octet.simulator.decode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.GenericSpace;
import dev.octet.simulator.execute.RegisterSet;
import dev.octet.simulator.execute.Registers;
import dev.octet.simulator.execute.SpecialRegister;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.Operand;
import dev.octet.simulator.ptx.StateSpace;
import dev.octet.simulator.ptx.Statement;
import java.util.List;
import java.util.Optional;

/** The operands of an instruction, as rows of registers; notes which registers are read and written. */
final class Operands {
    private final Statement.Instruction instruction;
    private final Scope scope;
    private final LayoutBuilder layout;
    private final Effects reads = new Effects();
    private final Effects writes = new Effects();

    Operands(Statement.Instruction instruction, Scope scope, LayoutBuilder layout) {
        this.instruction = instruction;
        this.scope = scope;
        this.layout = layout;
    }

    int count() {
        return instruction.operands().size();
    }

    /** Requires a number of operands. */
    void expect(int count) {
        if (count() != count) {
            throw error("it has " + count() + " operands instead of " + count);
        }
    }

    Operand get(int index) {
        if (index >= count()) {
            throw error("operand " + (index + 1) + " is missing");
        }
        return instruction.operands().get(index);
    }

    /** A source of exactly the width of a type. */
    int source(int index, DataType type) {
        return source(get(index), type, false).start();
    }

    /** A source that may be wider than its type. */
    Row wideSource(int index, DataType type) {
        return source(get(index), type, true);
    }

    /** A destination of exactly the width of a type. */
    int target(int index, DataType type) {
        return target(get(index), type, false).start();
    }

    /** A destination that may be wider than its type. */
    Row wideTarget(int index, DataType type) {
        return target(get(index), type, true);
    }

    /** Sources in braces, or one without. */
    List<Row> sources(int index, DataType type, boolean wider) {
        return elements(index).stream()
                .map(element -> source(element, type, wider))
                .toList();
    }

    /** Destinations in braces, or one without. */
    List<Row> targets(int index, DataType type, boolean wider) {
        return elements(index).stream()
                .map(element -> target(element, type, wider))
                .toList();
    }

    /** Registers that are written later than by the instruction itself, which neither reads nor writes them. */
    List<Row> later(int index, DataType type) {
        return elements(index).stream().map(element -> later(element, type)).toList();
    }

    private Row later(Operand operand, DataType type) {
        if (operand instanceof Operand.Name name) {
            return checked(name.name(), row(register(symbol(name.name()), name.name())), type, false);
        }
        throw error("a destination is not a register");
    }

    private List<Operand> elements(int index) {
        return get(index) instanceof Operand.Vector vector ? vector.elements() : List.of(get(index));
    }

    private Row source(Operand operand, DataType type, boolean wider) {
        if (operand instanceof Operand.IntegerConstant constant && !type.isFloat()) {
            return constant(constant.value(), type);
        } else if (operand instanceof Operand.FloatConstant constant) {
            return constant(bits(constant, type), type);
        } else if (operand instanceof Operand.Displaced displaced) {
            return constant(location(displaced.name()).address() + displaced.offset(), type);
        } else if (operand instanceof Operand.Name name) {
            return named(name.name(), type, wider);
        }
        throw error("an operand is not a value of type " + type.text());
    }

    private Row named(String name, DataType type, boolean wider) {
        Optional<SpecialRegister> special = SpecialRegister.of(name);
        if (special.isPresent()) {
            return checked(name, new Row(layout.special(special.get()) * Registers.LANES, false, 32), type, wider);
        }
        Symbol symbol = symbol(name);
        if (symbol instanceof Symbol.Location location) {
            return constant(location.address(), type);
        }
        Symbol.Register register = register(symbol, name);
        reads.add(register);
        return checked(name, row(register), type, wider);
    }

    private Row target(Operand operand, DataType type, boolean wider) {
        if (!(operand instanceof Operand.Name name)) {
            throw error("a destination is not a register");
        }
        return target(name.name(), type, wider);
    }

    Row target(String name, DataType type, boolean wider) {
        Symbol.Register register = register(symbol(name), name);
        writes.add(register);
        return checked(name, row(register), type, wider);
    }

    private Symbol.Register register(Symbol symbol, String name) {
        if (symbol instanceof Symbol.Register register && register.kind() != RegisterSet.Kind.PREDICATE) {
            return register;
        }
        throw error("'" + name + "' is not a register for numbers");
    }

    private static Row row(Symbol.Register register) {
        return new Row(
                register.number() * Registers.LANES,
                register.type().isWide(),
                register.type().bits());
    }

    private Row checked(String name, Row row, DataType type, boolean wider) {
        if (wider ? row.bits() < type.bits() : row.bits() != type.bits()) {
            throw error("'" + name + "' has " + row.bits() + " bits, type " + type.text() + " has " + type.bits());
        }
        return row;
    }

    private Row constant(long value, DataType type) {
        if (type.isWide()) {
            return new Row(layout.constant(value) * Registers.LANES, true, 64);
        }
        int bits = Math.max(16, type.bits());
        int word = bits == 32 ? (int) value : (int) value & 0xffff;
        return new Row(layout.constant(word) * Registers.LANES, false, bits);
    }

    private long bits(Operand.FloatConstant constant, DataType type) {
        if (constant.type() == DataType.F64 && type == DataType.F32) {
            return Float.floatToRawIntBits((float) Double.longBitsToDouble(constant.bits()));
        } else if (constant.type().bits() == type.bits()) {
            return constant.bits();
        }
        throw error("a floating-point constant is not a value of type " + type.text());
    }

    /** An integer that has to be a constant. */
    int constant(int index) {
        if (get(index) instanceof Operand.IntegerConstant constant
                && constant.value() >= 0
                && constant.value() <= Integer.MAX_VALUE) {
            return (int) constant.value();
        }
        throw error("operand " + (index + 1) + " is not a constant");
    }

    /** A predicate that is read. */
    Truth truth(int index) {
        Operand operand = get(index);
        if (operand instanceof Operand.IntegerConstant constant) {
            return constant.value() == 0 ? Truth.FALSE : Truth.TRUE;
        } else if (operand instanceof Operand.Negated negated) {
            return new Truth(predicateRead(negated.name()), true);
        } else if (operand instanceof Operand.Name name) {
            return new Truth(predicateRead(name.name()), false);
        }
        throw error("operand " + (index + 1) + " is not a predicate");
    }

    /** Number of the predicate that guards the instruction, which is checked apart from what it reads. */
    int guard(String name) {
        return predicate(name).number();
    }

    /** Number of a predicate that is read. */
    int predicateRead(String name) {
        Symbol.Register register = predicate(name);
        reads.add(register);
        return register.number();
    }

    /** Number of a predicate that is written. */
    int predicateTarget(int index) {
        if (get(index) instanceof Operand.Name name) {
            return predicateWritten(name.name());
        }
        throw error("operand " + (index + 1) + " is not a predicate");
    }

    int predicateWritten(String name) {
        Symbol.Register register = predicate(name);
        writes.add(register);
        return register.number();
    }

    private Symbol.Register predicate(String name) {
        if (symbol(name) instanceof Symbol.Register register && register.kind() == RegisterSet.Kind.PREDICATE) {
            return register;
        }
        throw error("'" + name + "' is not a predicate");
    }

    /** A memory operand in a state space. */
    LaneAddress address(int index, StateSpace space) {
        if (!(get(index) instanceof Operand.Address address)) {
            throw error("operand " + (index + 1) + " is not an address");
        }
        if (address.base() instanceof Operand.IntegerConstant constant) {
            return new LaneAddress(constant(constant.value(), DataType.U64), address.offset());
        }
        String name = ((Operand.Name) address.base()).name();
        if (symbol(name) instanceof Symbol.Location location) {
            return new LaneAddress(constant(inSpace(name, location, space), DataType.U64), address.offset());
        }
        Symbol.Register register = register(symbol(name), name);
        reads.add(register);
        if (register.type().bits() < 32) {
            throw error("'" + name + "' is too narrow for an address");
        }
        return new LaneAddress(row(register), address.offset());
    }

    private long inSpace(String name, Symbol.Location location, StateSpace space) {
        if (location.space() == space) {
            return location.address();
        } else if (space == StateSpace.GENERIC && location.space() == StateSpace.SHARED) {
            return GenericSpace.SHARED_WINDOW + location.address();
        } else if (space == StateSpace.GENERIC && location.space() == StateSpace.LOCAL) {
            return GenericSpace.LOCAL_WINDOW + location.address();
        }
        throw error("'" + name + "' lies in " + location.space().text() + " memory");
    }

    /** Number of the operation behind a label. */
    int label(int index) {
        if (get(index) instanceof Operand.Name name && symbol(name.name()) instanceof Symbol.Target target) {
            return target.operation();
        }
        throw error("operand " + (index + 1) + " is not a label");
    }

    private Symbol.Location location(String name) {
        if (symbol(name) instanceof Symbol.Location location) {
            return location;
        }
        throw error("'" + name + "' is not a variable");
    }

    private Symbol symbol(String name) {
        return scope.find(name).orElseThrow(() -> error("'" + name + "' is not declared"));
    }

    RegisterSet reads() {
        return reads.set();
    }

    RegisterSet writes() {
        return writes.set();
    }

    OctetException error(String what) {
        return new OctetException(SimulatorCode.OPERAND, instruction.line(), instruction.mnemonic(), what);
    }
}
