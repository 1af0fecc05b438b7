package dev.octet.simulator;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.decode.Claims;
import dev.octet.simulator.decode.EntryDecoder;
import dev.octet.simulator.ptx.PtxEntry;
import dev.octet.simulator.ptx.PtxModule;
import dev.octet.simulator.ptx.PtxParser;
import java.util.LinkedHashMap;
import java.util.Map;

/** A module of PTX, ready to be launched. Immutable. */
public final class SimulatedModule {
    private final PtxModule module;
    private final Map<String, SimulatedEntry> entries;

    private SimulatedModule(PtxModule module, Map<String, SimulatedEntry> entries) {
        this.module = module;
        this.entries = entries;
    }

    /**
     * Parses and decodes a module.
     *
     * @throws OctetException with the line of what is wrong or not known, in whichever kernel it is
     */
    public static SimulatedModule load(String ptx) {
        PtxModule module = PtxParser.parse(ptx);
        Map<String, SimulatedEntry> entries = new LinkedHashMap<>();
        Claims claims = new Claims();
        for (PtxEntry entry : module.entries()) {
            SimulatedEntry decoded = new SimulatedEntry(EntryDecoder.decode(module, entry, claims));
            if (entries.put(entry.name(), decoded) != null) {
                throw new OctetException(
                        SimulatorCode.SYNTAX, entry.line(), "the module has two entries '" + entry.name() + "'");
            }
        }
        return new SimulatedModule(module, entries);
    }

    /** GPU family that the module is for, such as {@code sm_80}. */
    public String target() {
        return module.target();
    }

    /** Version of PTX, such as {@code 7.0}. */
    public String version() {
        return module.version();
    }

    /** An entry point by name. */
    public SimulatedEntry entry(String name) {
        SimulatedEntry entry = entries.get(name);
        if (entry == null) {
            throw new OctetException(SimulatorCode.NO_ENTRY, name, String.join(", ", entries.keySet()));
        }
        return entry;
    }
}
