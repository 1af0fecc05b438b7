package dev.octet.simulator.decode;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.Body;
import dev.octet.simulator.execute.Exit;
import dev.octet.simulator.execute.Operation;
import dev.octet.simulator.execute.Program;
import dev.octet.simulator.execute.RegisterSet;
import dev.octet.simulator.ptx.DataType;
import dev.octet.simulator.ptx.PtxEntry;
import dev.octet.simulator.ptx.PtxModule;
import dev.octet.simulator.ptx.StateSpace;
import dev.octet.simulator.ptx.Statement;
import dev.octet.simulator.ptx.Variable;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decodes a kernel: declarations first, then every instruction with the names that it sees. */
public final class EntryDecoder {
    /** Shared memory that a block can have on the largest device. */
    public static final int MOST_SHARED = 227 * 1024;

    private static final int MOST_LOCAL = 512 * 1024;
    private static final int MOST_PARAMETERS = 32_764;
    private static final int MOST_CONSTANTS = 64 * 1024;

    private final PtxModule module;
    private final PtxEntry entry;
    private final Claims claims;
    private final LayoutBuilder registers = new LayoutBuilder();
    private final VariableLayout parameters = new VariableLayout("parameters", MOST_PARAMETERS);
    private final VariableLayout shared = new VariableLayout("shared memory", MOST_SHARED);
    private final VariableLayout local = new VariableLayout("local memory", MOST_LOCAL);
    private final VariableLayout constant = new VariableLayout("constants", MOST_CONSTANTS);
    private final ByteArrayOutputStream constants = new ByteArrayOutputStream();
    private final List<Placed> instructions = new ArrayList<>();
    private final List<DynamicShared> dynamicShared = new ArrayList<>();

    /** An instruction and the names that it sees. */
    private record Placed(Statement.Instruction instruction, Scope scope) {}

    /** Shared memory whose size the launch decides; it follows all other. */
    private record DynamicShared(Variable variable, Scope scope) {}

    private EntryDecoder(PtxModule module, PtxEntry entry, Claims claims) {
        this.module = module;
        this.entry = entry;
        this.claims = claims;
    }

    /**
     * Decodes a kernel of a module.
     *
     * @param claims what the module's kernels before it take
     * @throws OctetException with the line of the first instruction that is not known or has wrong operands
     */
    public static Program decode(PtxModule module, PtxEntry entry, Claims claims) {
        return new EntryDecoder(module, entry, claims).program();
    }

    private Program program() {
        Scope scope = new Scope();
        module.variables().forEach(variable -> declare(variable, scope));
        for (Variable parameter : entry.parameters()) {
            long address = parameters.place(parameter);
            scope.declare(parameter.line(), parameter.name(), new Symbol.Location(StateSpace.PARAM, address));
        }
        collect(entry.body(), scope.inner());
        placeDynamicShared();
        claims.constants(entry.line(), constant.bytes());
        return new Program(
                entry.name(),
                module.capability(),
                operations(),
                registers.layout(),
                parameters.bytes(),
                constants.toByteArray(),
                shared.bytes(),
                traits(),
                local.bytes(),
                entry.mostThreads(),
                entry.exactThreads());
    }

    private void collect(List<Statement> statements, Scope scope) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Instruction instruction) {
                instructions.add(new Placed(instruction, scope));
            } else if (statement instanceof Statement.Label label) {
                scope.declare(label.line(), label.name(), new Symbol.Target(instructions.size()));
            } else if (statement instanceof Statement.Registers declared) {
                declare(declared, scope);
            } else if (statement instanceof Statement.Declaration declaration) {
                declare(declaration.variable(), scope);
            } else if (statement instanceof Statement.Scope inner) {
                collect(inner.statements(), scope.inner());
            }
        }
    }

    private void declare(Statement.Registers declared, Scope scope) {
        if (declared.count().isEmpty()) {
            declare(declared.line(), declared.name(), declared.type(), scope);
        }
        for (int i = 0; i < declared.count().orElse(0); i++) {
            declare(declared.line(), declared.name() + i, declared.type(), scope);
        }
    }

    private void declare(int line, String name, DataType type, Scope scope) {
        if (type.bits() == 8) {
            throw new OctetException(SimulatorCode.UNKNOWN, line, "registers of 8 bits");
        }
        claims.register(line, name);
        scope.declare(line, name, registers.register(line, name, type));
    }

    private void declare(Variable variable, Scope scope) {
        if (variable.space() == StateSpace.SHARED && variable.size() == 0) {
            dynamicShared.add(new DynamicShared(variable, scope));
            return;
        }
        long address = switch (variable.space()) {
            case SHARED -> shared.place(variable);
            case LOCAL -> local.place(variable);
            case CONST -> placeConstant(variable);
            default ->
                throw new OctetException(
                        SimulatorCode.UNKNOWN,
                        variable.line(),
                        "a variable in " + variable.space().text());
        };
        scope.declare(variable.line(), variable.name(), new Symbol.Location(variable.space(), address));
    }

    private int placeConstant(Variable variable) {
        int address = constant.place(variable);
        constants.writeBytes(new byte[address - constants.size()]);
        constants.writeBytes(variable.initial().orElseGet(() -> new byte[variable.size()]));
        return address;
    }

    private void placeDynamicShared() {
        for (DynamicShared dynamic : dynamicShared) {
            Variable variable = dynamic.variable();
            Symbol location = new Symbol.Location(StateSpace.SHARED, shared.place(variable));
            dynamic.scope().declare(variable.line(), variable.name(), location);
        }
    }

    private Program.Traits traits() {
        return new Program.Traits(
                accessesSharedBytes(), hasPartialBarriers(), has("wgmma."), has("griddepcontrol.wait"));
    }

    private boolean has(String beginning) {
        return instructions.stream()
                .anyMatch(placed -> placed.instruction().mnemonic().startsWith(beginning));
    }

    /** A word at a time is faster to keep account of. */
    private boolean accessesSharedBytes() {
        return instructions.stream()
                .map(placed -> placed.instruction().mnemonic())
                .filter(mnemonic -> mnemonic.startsWith("ld.") || mnemonic.startsWith("st."))
                .filter(mnemonic -> !mnemonic.contains(".global") && !mnemonic.contains(".param"))
                .anyMatch(mnemonic -> mnemonic.matches(".*\\.[bsu](8|16)"));
    }

    /** Barriers of a number of threads, and those of a warp. */
    private boolean hasPartialBarriers() {
        return instructions.stream()
                .map(Placed::instruction)
                .anyMatch(instruction -> instruction.mnemonic().startsWith("bar.warp.")
                        || instruction.mnemonic().startsWith("bar")
                                && instruction.operands().size() > 1);
    }

    private List<Operation> operations() {
        int[] meetings = Reconvergence.meetings(successors());
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < instructions.size(); i++) {
            operations.add(operation(instructions.get(i), meetings[i]));
        }
        RegisterSet none = new RegisterSet(new int[0], new int[0], new int[0]);
        operations.add(new Operation(entry.line(), "end", Operation.ALWAYS, false, none, none, new Exit()));
        return operations;
    }

    private Operation operation(Placed placed, int meeting) {
        Statement.Instruction instruction = placed.instruction();
        Operands operands = new Operands(instruction, placed.scope(), registers);
        Optional<Statement.Guard> guard = instruction.guard();
        int predicate = guard.map(g -> operands.guard(g.predicate())).orElse(Operation.ALWAYS);
        Body body = InstructionSet.decode(new Source(
                instruction, new Modifiers(instruction), operands, meeting, module.target(), module.capability()));
        return new Operation(
                instruction.line(),
                instruction.mnemonic(),
                predicate,
                guard.isPresent() && guard.get().negated(),
                operands.reads(),
                operands.writes(),
                body);
    }

    /** What may follow each instruction and the end behind the last; threads end at one number more. */
    private List<int[]> successors() {
        List<int[]> successors = new ArrayList<>();
        int exit = instructions.size() + 1;
        for (int i = 0; i < instructions.size(); i++) {
            successors.add(successors(i, exit));
        }
        successors.add(new int[] {exit});
        return successors;
    }

    private int[] successors(int index, int exit) {
        Placed placed = instructions.get(index);
        String opcode = placed.instruction().mnemonic().split("\\.")[0];
        int[] always;
        if (opcode.equals("bra")) {
            always = new int[] {new Operands(placed.instruction(), placed.scope(), registers).label(0)};
        } else if (opcode.equals("ret") || opcode.equals("exit")) {
            always = new int[] {exit};
        } else {
            return new int[] {index + 1};
        }
        if (placed.instruction().guard().isEmpty()) {
            return always;
        }
        int[] both = Arrays.copyOf(always, 2);
        both[1] = index + 1;
        return both;
    }
}
