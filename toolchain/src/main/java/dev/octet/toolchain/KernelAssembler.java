package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.kernel.CubinFile;
import dev.octet.plan.kernel.PtxFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** From PTX to machine code: the assembler and the cache before it. Thread-safe. */
final class KernelAssembler {
    /** Lowest machine that every assembler has code for: CUDA 13 dropped those below. */
    private static final int LOWEST_MACHINE = 75;

    private final PtxAssembler assembler;
    private final KernelCache cache;
    /** What checks made, until it is asked for. */
    private final Map<String, Assembled> checked = new ConcurrentHashMap<>();

    KernelAssembler(PtxAssembler assembler, KernelCache cache) {
        this.assembler = assembler;
        this.cache = cache;
    }

    /** A result, and whether it came from the cache. */
    record Assembled(CubinFile file, boolean cached) {}

    /** Proves that a kernel's PTX can be assembled: on the lowest machine possible, whose code is kept. */
    void check(Target target, String kernel, PtxFile ptx) {
        Assembled result = assemble(target, checkedMachine(target), kernel, ptx);
        checked.put(result.file().key(), result);
    }

    /** The machine on which a target's kernels are checked. */
    static int checkedMachine(Target target) {
        return Math.max(target.capability(), LOWEST_MACHINE);
    }

    /** Spilled registers are an error where kernels are checked; elsewhere the driver would not do better. */
    Assembled assemble(Target target, int machine, String kernel, PtxFile ptx) {
        String key = key(ptx, machine);
        Assembled made = checked.remove(key);
        if (made != null) {
            return made;
        }
        Optional<CubinFile> known = cache.cubin(key);
        if (known.isPresent()) {
            return new Assembled(known.get(), true);
        }
        PtxAssembler.Assembled result = assembler.assemble(target, machine, kernel, ptx.ptx());
        if (result.spilledBytes() > 0 && machine == checkedMachine(target)) {
            throw new OctetException(ToolchainCode.SPILLS, kernel, target.text(), machine, result.spilledBytes());
        }
        CubinFile file = new CubinFile(key, ptx.source(), result.elf());
        cache.store(file);
        return new Assembled(file, false);
    }

    /** Hash of everything that decides the machine code. */
    String key(PtxFile ptx, int machine) {
        return Sha256.hex(List.of(ptx.source(), ptx.ptx(), "sm_" + machine, assembler.identity()));
    }
}
