package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.PtxFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** From CUDA source to checked PTX: compiler, post-processor, assembler, and the cache before them. Thread-safe. */
public final class KernelCompiler {
    private final PtxCompiler compiler;
    private final Optional<PtxAssembler> assembler;
    private final KernelCache cache;
    private final PtxPostProcessor postProcessor = new PtxPostProcessor();
    private final AtomicReference<String> cacheTrouble = new AtomicReference<>();

    /**
     * A chain of tools.
     *
     * @param compiler compiles
     * @param assembler checks what was compiled, if there is one
     * @param cache where results are kept
     */
    public KernelCompiler(PtxCompiler compiler, Optional<PtxAssembler> assembler, KernelCache cache) {
        this.compiler = compiler;
        this.assembler = assembler;
        this.cache = cache;
    }

    /** A result, and whether it came from the cache. */
    record Compiled(PtxFile file, boolean cached) {}

    /**
     * The PTX of a kernel, as the build puts it beside the source.
     *
     * @param target GPU family
     * @param source complete translation unit with one entry point
     * @throws dev.octet.plan.diag.OctetException with a {@link ToolchainCode} if it does not compile
     */
    public String ptx(Target target, String source) {
        return new String(compile(target, source).file().write(), StandardCharsets.UTF_8);
    }

    Compiled compile(Target target, String source) {
        String key = key(target, source);
        return cached(key).map(file -> new Compiled(file, true)).orElseGet(() -> fresh(key, target, source));
    }

    private Compiled fresh(String key, Target target, String source) {
        String kernel = KernelNames.inSource(source);
        String raw = compiler.compile(target, source);
        String ptx = postProcessor.process(target, kernel, compiler.identity(), raw);
        assembler.ifPresent(a -> a.check(target, kernel, ptx));
        PtxFile file = new PtxFile(key, Sha256.hex(source), ptx);
        try {
            cache.store(file);
        } catch (IOException e) {
            cacheTrouble.compareAndSet(null, StoredFiles.reason(e));
        }
        return new Compiled(file, false);
    }

    private Optional<PtxFile> cached(String key) {
        try {
            return cache.find(key);
        } catch (IOException e) {
            cacheTrouble.compareAndSet(null, StoredFiles.reason(e));
            return Optional.empty();
        }
    }

    /** Hash of everything that decides the PTX, and of whether it was checked. */
    String key(Target target, String source) {
        List<String> parts = new ArrayList<>();
        parts.add(source);
        parts.add(target.text());
        parts.add(compiler.identity());
        parts.add("post-processor " + PtxPostProcessor.VERSION);
        parts.add(assembler.isPresent() ? "assembled" : "not assembled");
        parts.addAll(compiler.flags(target));
        return Sha256.hex(parts);
    }

    /** Why the cache could not be read or written, if it could not. */
    Optional<String> cacheTrouble() {
        return Optional.ofNullable(cacheTrouble.get());
    }
}
